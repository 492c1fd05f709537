// SPDX-License-Identifier: Apache-2.0
import Glibc
import LinearAlgebra

/// Fits the week's profile of many series at once: three matrix products a round.
///
/// Each series is a row. The data enter as weighted sums per half hour of the week (z = Σ w y) and
/// of squares (q = Σ w y²), on the root scale.
struct ProfileFit {
  /// λ = noise / signal on trial, from "follow the data" to "one flat line".
  static let ridges: [Double] = [0.5, 2, 8, 32, 128, 512, 4096, 1e6]

  let design: WeekDesign
  /// Σ w over the week.
  private let totalWeight: Double
  /// Σₖ log(1 + Λₖ/λ) for each λ on trial.
  private let logDeterminants: [Double]

  /// Φ Q on the day that is forecast, each element squared, and the sums of its rows.
  private let squaredBasis: Matrix
  private let rowSums: [Double]

  init(design: WeekDesign, weekday: Int) {
    var squared = Matrix(rowCount: HalfHours.perDay, columnCount: design.basis.columnCount)
    for bin in 0..<HalfHours.perDay {
      for column in 0..<squared.columnCount {
        let value = design.basis[weekday * HalfHours.perDay + bin, column]
        squared[bin, column] = value * value
      }
    }
    squaredBasis = squared
    rowSums = (0..<HalfHours.perDay).map { squared.row($0).reduce(0, +) }
    self.design = design
    totalWeight = design.weights.reduce(0, +)
    logDeterminants = Self.ridges.map { ridge in
      design.eigenvalues.reduce(0) { $0 + log1p($1 / ridge) }
    }
  }

  /// Fits the profiles of all series at once, each with the λ that its own data speak for.
  ///
  /// - Parameters:
  ///   - sums: z, series × 336.
  ///   - squares: q per series.
  /// - Returns: their profiles, and how sure they are.
  /// - Complexity: O(series · 336 · coefficients), in three calls of BLAS.
  func profiles(sums: Matrix, squares: [Double]) -> FittedProfiles {
    var centred = sums
    var means = [Double](repeating: 0, count: sums.rowCount)
    for row in 0..<sums.rowCount { means[row] = centre(&centred, row: row) }
    var coefficients = product(centred, design.basis)
    var variances = Matrix(rowCount: sums.rowCount, columnCount: design.basis.columnCount)
    var shrinkages: [Shrinkage] = []
    for row in 0..<sums.rowCount {
      let spread = max(squares[row] - totalWeight * means[row] * means[row], 1e-9)
      let shrinkage = shrinkage(of: coefficients.row(row), spread: spread)
      shrink(&coefficients, &variances, row: row, by: shrinkage)
      shrinkages.append(shrinkage)
    }
    var fitted = product(coefficients, .plain, design.basis, .transposed)
    for row in 0..<sums.rowCount {
      for column in 0..<fitted.columnCount { fitted[row, column] += means[row] }
    }
    return FittedProfiles(
      fitted: fitted, shrinkages: shrinkages, rowSums: rowSums,
      variances: product(variances, .plain, squaredBasis, .transposed))
  }

  /// Takes the series' own mean out, so that shrinking pulls towards it and not towards 0.
  private func centre(_ sums: inout Matrix, row: Int) -> Double {
    guard totalWeight > 0 else { return 0 }
    var total = 0.0
    for column in 0..<sums.columnCount { total += sums[row, column] }
    let mean = total / totalWeight
    for column in 0..<sums.columnCount {
      sums[row, column] -= design.weights[column] * mean
    }
    return mean
  }

  /// Turns Qᵀ Φᵀ z into shrunk coefficients, and says their posterior variances.
  private func shrink(
    _ coefficients: inout Matrix, _ variances: inout Matrix, row: Int, by shrinkage: Shrinkage
  ) {
    let start = row * coefficients.columnCount
    for (index, eigenvalue) in design.eigenvalues.enumerated() {
      variances.elements[start + index] = shrinkage.noise / (eigenvalue + shrinkage.ridge)
      coefficients.elements[start + index] /= eigenvalue + shrinkage.ridge
    }
  }

  /// The λ with the largest marginal likelihood, the noise variance integrated out at its maximum:
  /// −½ [Σₖ log(1 + Λₖ/λ) + n log(q − Σₖ uₖ²/(Λₖ + λ))], as for any Bayesian linear model (Bishop,
  /// 2006, section 3.5).
  private func shrinkage(of u: ArraySlice<Double>, spread: Double) -> Shrinkage {
    var best = (value: -Double.infinity, ridge: 1e6, unexplained: spread)
    for (ridge, logDeterminant) in zip(Self.ridges, logDeterminants) {
      var explained = 0.0
      for (eigenvalue, value) in zip(design.eigenvalues, u) {
        explained += value * value / (eigenvalue + ridge)
      }
      let unexplained = max(spread - explained, spread * 1e-6)
      let evidence = -0.5 * (logDeterminant + totalWeight * log(unexplained))
      if evidence > best.value { best = (evidence, ridge, unexplained) }
    }
    return Shrinkage(
      ridge: best.ridge, noise: best.unexplained / totalWeight,
      freedom: 1 + design.eigenvalues.reduce(0) { $0 + $1 / ($1 + best.ridge) })
  }
}
