// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// How far one series' profile was shrunk.
struct Shrinkage {
  /// The index of the fit that was taken.
  var fit = 0
  /// The index of λ among those on trial.
  var trial = 0
  /// σ²: the variance of the data around the profile, on the root scale.
  var noise = 0.0
  /// The logarithm of the marginal likelihood, but for what all fits share.
  var evidence = -Double.infinity
}

/// The profiles of a block of series, as a fit gives them; its storage serves block after block.
///
/// Several fits, which take the weekend to lie elsewhere, compete for each series: the one with the
/// largest marginal likelihood wins, with a head start for the first.
struct FittedProfiles {
  /// By how many nats another fit must be likelier than the first.
  private static let headStart = 2.0

  private let fits: [ProfileFit]
  /// Means of the series over the week, on the root scale.
  private var means: [Double]
  /// By fit, Qᵀ Φᵀ z; then, shrunk, of the series that took it, row after row.
  private var coefficients: [LaneMatrix]
  /// f without the means of the series that took a fit.
  private var part: LaneMatrix
  /// f without the means, series × 336.
  private var deviations: LaneMatrix
  private var shrinkages: [Shrinkage]

  /// Makes room for so many series.
  init(_ fits: [ProfileFit], rowCount: Int) {
    self.fits = fits
    means = Array(repeating: 0, count: rowCount)
    coefficients = fits.map {
      LaneMatrix(rowCount: rowCount, columnCount: $0.basis.columnCount)
    }
    deviations = LaneMatrix(rowCount: rowCount, columnCount: HalfHours.perWeek)
    part = deviations
    shrinkages = Array(repeating: Shrinkage(), count: rowCount)
  }

  /// Fits the profiles of the first rows, each with the weekend and the λ that its own data speak
  /// for.
  ///
  /// - Parameters:
  ///   - sums: z, series × 336; the means are taken out.
  ///   - squares: q per series.
  ///   - rows: how many.
  /// - Complexity: O(fits · rows · 336 · coefficients), in two calls of BLAS a fit.
  mutating func fit(_ sums: inout LaneMatrix, squares: [Double], rows: Int) {
    for row in 0..<rows {
      means[row] = centre(&sums, row)
      shrinkages[row] = Shrinkage()
    }
    for index in fits.indices {
      multiply(sums, by: (fits[index].basis, .plain), into: &coefficients[index], rows: rows)
      compete(index, squares: squares, rows: rows)
    }
    for index in fits.indices { predict(index, rows: rows) }
  }

  /// Takes a fit for each series for which it is likelier than those before it.
  private mutating func compete(_ index: Int, squares: [Double], rows: Int) {
    let (fit, matrix) = (fits[index], coefficients[index])
    let count = matrix.vectorsPerRow
    for row in 0..<rows {
      var shrinkage = fit.shrinkage(
        of: matrix.vectors.span.extracting(row * count..<(row + 1) * count),
        spread: max(squares[row] - fit.totalWeight * means[row] * means[row], 1e-9))
      if index == 0 { shrinkage.evidence += Self.headStart }
      guard shrinkage.evidence > shrinkages[row].evidence else { continue }
      shrinkage.fit = index
      shrinkages[row] = shrinkage
    }
  }

  /// Shrinks the coefficients of the series that took a fit, and works their profiles out.
  private mutating func predict(_ index: Int, rows: Int) {
    let fit = fits[index]
    let chosen = (0..<rows).filter { shrinkages[$0].fit == index }
    let count = coefficients[index].vectorsPerRow
    var span = coefficients[index].vectors.mutableSpan
    for (place, row) in chosen.enumerated() {
      let ridge = fit.trials[shrinkages[row].trial].ridge
      for lane in 0..<count {
        span[place * count + lane] = span[row * count + lane] / (fit.eigenvalues[lane] + ridge)
      }
    }
    multiply(
      coefficients[index], by: (fit.basis, .transposed), into: &part, rows: chosen.count)
    let width = HalfHours.octetsPerWeek
    for (place, row) in chosen.enumerated() {
      for octet in 0..<width {
        deviations.vectors[row * width + octet] = part.vectors[place * width + octet]
      }
    }
  }

  /// Takes the series' own mean out, so that shrinking pulls towards it and not towards 0.
  private func centre(_ sums: inout LaneMatrix, _ row: Int) -> Double {
    guard let fit = fits.first, fit.totalWeight > 0 else { return 0 }
    let start = row * HalfHours.octetsPerWeek
    let weights = fit.weights
    var span = sums.vectors.mutableSpan
    var total = Octet()
    for octet in 0..<HalfHours.octetsPerWeek { total += span[start + octet] }
    let mean = total.total / fit.totalWeight
    for octet in 0..<HalfHours.octetsPerWeek { span[start + octet] -= weights[octet] * mean }
    return mean
  }

  /// f of an octet of the week, on the root scale.
  func roots(_ row: Int, octet: Int) -> Octet {
    deviations.vectors[row * HalfHours.octetsPerWeek + octet] + means[row]
  }

  /// The weekend that the data of a series speak for.
  func weekend(_ row: Int) -> Weekend { fits[shrinkages[row].fit].design.weekend }

  /// How far the profile of a series was shrunk.
  func shrinkage(_ row: Int) -> Shrinkage { shrinkages[row] }

  /// What the fit of a series says of how sure it is.
  func certainty(_ row: Int) -> ProfileCertainty {
    ProfileCertainty(shrinkages[row], fit: fits[shrinkages[row].fit])
  }
}

/// How sure the profile of one series is.
struct ProfileCertainty {
  /// σ².
  let noise: Double
  private let trial: RidgeTrial
  private let rowSums: [Octet]

  init(_ shrinkage: Shrinkage, fit: ProfileFit) {
    noise = shrinkage.noise
    trial = fit.trials[shrinkage.trial]
    rowSums = fit.rowSums
  }

  /// λ.
  var ridge: Double { trial.ridge }

  /// The effective number of coefficients.
  var freedom: Double { trial.freedom }

  /// The posterior variances of f on the day that is forecast.
  var variances: [Octet] { trial.variances.map { noise * $0 } }

  /// Those of an octet over the variances before any data: 0 where all is known, 1 where nothing is.
  func ignorance(_ octet: Int) -> Octet {
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
