// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// How far one series' profile was shrunk.
struct Shrinkage {
  /// λ.
  let ridge: Double
  /// σ²: the variance of the data around the profile, on the root scale.
  let noise: Double
  /// The effective number of coefficients, 1 + Σ Λₖ / (Λₖ + λ).
  let freedom: Double
}

/// The profiles of many series, as a fit gives them.
struct FittedProfiles {
  /// f, series × 336, on the root scale.
  let fitted: Matrix
  fileprivate let shrinkages: [Shrinkage]
  fileprivate let rowSums: [Double]
  /// Posterior variances of f on the day that is forecast, series × 48: σ² Σₖ (ΦQ)²ₖ / (Λₖ + λ).
  fileprivate let variances: Matrix

  init(fitted: Matrix, shrinkages: [Shrinkage], rowSums: [Double], variances: Matrix) {
    self.fitted = fitted
    self.shrinkages = shrinkages
    self.rowSums = rowSums
    self.variances = variances
  }

  /// Returns how far the profile of a series was shrunk, by its row.
  func shrinkage(_ row: Int) -> Shrinkage { shrinkages[row] }

  /// Returns the profile of one series, by its row.
  func profile(_ row: Int) -> SeriesProfile {
    let shrinkage = shrinkages[row]
    let signal = shrinkage.noise / shrinkage.ridge
    return SeriesProfile(
      roots: fitted.row(row), noise: shrinkage.noise, freedom: shrinkage.freedom,
      variances: variances.row(row),
      ignorance: zip(variances.row(row), rowSums).map { $0 / max(signal * $1, 1e-12) })
  }
}

/// The profile of one series.
struct SeriesProfile {
  /// f, per half hour of the week, on the root scale.
  let roots: ArraySlice<Double>
  /// σ².
  let noise: Double
  /// The effective number of coefficients.
  let freedom: Double
  /// Posterior variances of f on the day that is forecast, per half hour.
  let variances: ArraySlice<Double>
  /// Those over the variances before any data: 0 where all is known, 1 where nothing is.
  let ignorance: [Double]
}

extension Matrix {
  /// The elements of a row.
  func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columnCount..<(row + 1) * columnCount]
  }
}
