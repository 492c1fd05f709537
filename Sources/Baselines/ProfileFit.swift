// SPDX-License-Identifier: Apache-2.0
import Glibc
import LinearAlgebra

/// What the fit of the week's profile by one weekend needs, whatever the data.
///
/// Each series is a row. The data enter as weighted sums per half hour of the week (z = Σ w y) and
/// of squares (q = Σ w y²), on the root scale.
struct ProfileFit {
  /// λ = noise / signal on trial, from "follow the data" to "one flat line".
  static let ridges: [Double] = [0.5, 2, 8, 32, 128, 512, 4096, 1e6]

  let design: WeekDesign
  /// What follows from each λ on trial.
  let trials: [RidgeTrial]
  /// Φ Q, and columns of zeros that give all fits as many.
  let basis: LaneMatrix
  /// 1 / (Λ + λ): coefficients × trials.
  let inverses: LaneMatrix
  /// By trial, e to the power of Σₖ log(1 + Λₖ/λ) / n: by how much what is unexplained must be less
  /// for a smaller λ to be as likely.
  let penalties: Octet

  /// Prepares a fit.
  ///
  /// - Parameters:
  ///   - design: Φ Q, Λ and n.
  ///   - weekday: that of the day which is forecast.
  ///   - coefficientCount: at least so many columns are made.
  ///   - headStart: by how many nats the design is likelier before any data.
  init(design: WeekDesign, weekday: Int, coefficientCount: Int, headStart: Double) {
    self.design = design
    basis = LaneMatrix(design.basis, columnCount: coefficientCount)
    let squares = (0..<HalfHours.perDay).map { bin in
      design.basis.row(weekday * HalfHours.perDay + bin).map { $0 * $0 }
    }
    trials = Self.ridges.map { RidgeTrial($0, eigenvalues: design.eigenvalues, squares: squares) }
    inverses = Self.inverses(design.eigenvalues, rowCount: basis.columnCount)
    // A series without a past has no weight.
    let weight = max(design.weights.reduce(0, +), 1e-9)
    penalties =
      trials.map { exp(($0.logDeterminant - 2 * headStart) / weight) }.octets[0]
  }

  private static func inverses(_ eigenvalues: [Double], rowCount: Int) -> LaneMatrix {
    var inverses = LaneMatrix(rowCount: rowCount, columnCount: ridges.count)
    for (row, eigenvalue) in eigenvalues.enumerated() {
      for (column, ridge) in ridges.enumerated() {
        inverses[row, column] = Float(1 / (eigenvalue + ridge))
      }
    }
    return inverses
  }
}

/// What a λ makes of a fit, whatever the data.
struct RidgeTrial {
  /// λ.
  let ridge: Double
  /// Σₖ log(1 + Λₖ/λ).
  let logDeterminant: Double
  /// The effective number of coefficients, 1 + Σ Λₖ / (Λₖ + λ).
  let freedom: Double
  /// Posterior variances over σ² on the day that is forecast: Σₖ (ΦQ)²ₖ / (Λₖ + λ).
  let variances: [Octet]
  /// Those over the variances before any data: 0 where all is known, 1 where nothing is.
  let ignorance: [Octet]
  /// 1 / (Λₖ + λ).
  let inverses: [Octet]

  init(_ ridge: Double, eigenvalues: [Double], squares: [[Double]]) {
    self.ridge = ridge
    logDeterminant = eigenvalues.reduce(0) { $0 + log1p($1 / ridge) }
    freedom = 1 + eigenvalues.reduce(0) { $0 + $1 / ($1 + ridge) }
    let variances = squares.map { row in
      zip(row, eigenvalues).reduce(0) { $0 + $1.0 / ($1.1 + ridge) }
    }
    self.variances = variances.octets
    ignorance =
      zip(variances, squares).map { ridge * $0 / max($1.reduce(0, +), 1e-100) }.octets
    inverses = eigenvalues.map { 1 / ($0 + ridge) }.octets
  }
}

extension Matrix {
  /// The elements of a row.
  fileprivate func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columnCount..<(row + 1) * columnCount]
  }
}
