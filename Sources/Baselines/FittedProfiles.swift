// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// How far one series' profile was shrunk.
struct Shrinkage {
  /// The index of λ among those on trial.
  let trial: Int
  /// σ²: the variance of the data around the profile, on the root scale.
  let noise: Double
}

/// The profiles of a block of series, as a fit gives them; its storage serves block after block.
struct FittedProfiles {
  private let fit: ProfileFit
  /// Means of the series over the week, on the root scale.
  private var means: [Double]
  /// Qᵀ Φᵀ z, and shrunk then.
  private var coefficients: LaneMatrix
  /// f without the means, series × 336.
  private var deviations: LaneMatrix
  private var shrinkages: [Shrinkage]

  /// Makes room for so many series.
  init(_ fit: ProfileFit, rowCount: Int) {
    self.fit = fit
    means = Array(repeating: 0, count: rowCount)
    coefficients = LaneMatrix(rowCount: rowCount, columnCount: fit.basis.columnCount)
    deviations = LaneMatrix(rowCount: rowCount, columnCount: HalfHours.perWeek)
    shrinkages = Array(repeating: Shrinkage(trial: 0, noise: 0), count: rowCount)
  }

  /// Fits the profiles of the first rows, each with the λ that its own data speak for.
  ///
  /// - Parameters:
  ///   - sums: z, series × 336; the means are taken out.
  ///   - squares: q per series.
  ///   - rows: how many.
  /// - Complexity: O(rows · 336 · coefficients), in two calls of BLAS.
  mutating func fit(_ sums: inout LaneMatrix, squares: [Double], rows: Int) {
    for row in 0..<rows { means[row] = centre(&sums, row) }
    multiply(sums, by: (fit.basis, .plain), into: &coefficients, rows: rows)
    for row in 0..<rows {
      shrink(row, spread: max(squares[row] - fit.totalWeight * means[row] * means[row], 1e-9))
    }
    multiply(coefficients, by: (fit.basis, .transposed), into: &deviations, rows: rows)
  }

  /// Takes the series' own mean out, so that shrinking pulls towards it and not towards 0.
  private func centre(_ sums: inout LaneMatrix, _ row: Int) -> Double {
    guard fit.totalWeight > 0 else { return 0 }
    let start = row * HalfHours.octetsPerWeek
    let weights = fit.weights
    var span = sums.vectors.mutableSpan
    var total = Octet()
    for octet in 0..<HalfHours.octetsPerWeek { total += span[start + octet] }
    let mean = total.total / fit.totalWeight
    for octet in 0..<HalfHours.octetsPerWeek { span[start + octet] -= weights[octet] * mean }
    return mean
  }

  /// Turns Qᵀ Φᵀ z into shrunk coefficients.
  private mutating func shrink(_ row: Int, spread: Double) {
    let count = coefficients.vectorsPerRow
    let range = row * count..<(row + 1) * count
    let shrinkage = fit.shrinkage(of: coefficients.vectors.span.extracting(range), spread: spread)
    let ridge = fit.trials[shrinkage.trial].ridge
    shrinkages[row] = shrinkage
    let eigenvalues = fit.eigenvalues
    var span = coefficients.vectors.mutableSpan
    for index in 0..<count { span[range.lowerBound + index] /= eigenvalues[index] + ridge }
  }

  /// f of an octet of the week, on the root scale.
  func roots(_ row: Int, octet: Int) -> Octet {
    deviations.vectors[row * HalfHours.octetsPerWeek + octet] + means[row]
  }

  /// How far the profile of a series was shrunk.
  func shrinkage(_ row: Int) -> Shrinkage { shrinkages[row] }

  /// What the fit of a series says of how sure it is.
  func certainty(_ row: Int) -> ProfileCertainty {
    ProfileCertainty(shrinkages[row], trial: fit.trials[shrinkages[row].trial])
  }
}

/// How sure the profile of one series is.
struct ProfileCertainty {
  /// σ².
  let noise: Double
  private let trial: RidgeTrial

  init(_ shrinkage: Shrinkage, trial: RidgeTrial) {
    noise = shrinkage.noise
    self.trial = trial
  }

  /// λ.
  var ridge: Double { trial.ridge }

  /// The effective number of coefficients.
  var freedom: Double { trial.freedom }

  /// The posterior variances of f on the day that is forecast.
  var variances: [Octet] { trial.variances.map { noise * $0 } }

  /// Those of an octet over the variances before any data: 0 where all is known, 1 where nothing is.
  func ignorance(_ octet: Int, rowSums: [Octet]) -> Octet {
    let prior = (noise / trial.ridge * rowSums[octet]).atLeast(Octet(repeating: 1e-12))
    return noise * trial.variances[octet] / prior
  }
}

extension Matrix {
  /// The elements of a row.
  func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columnCount..<(row + 1) * columnCount]
  }
}
