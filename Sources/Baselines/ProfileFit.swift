// SPDX-License-Identifier: Apache-2.0
import Glibc
import LinearAlgebra

/// Fits the week's profile of many series that share a weekend at once: two matrix products a round.
///
/// Each series is a row. The data enter as weighted sums per half hour of the week (z = Σ w y) and
/// of squares (q = Σ w y²), on the root scale.
struct ProfileFit {
  /// λ = noise / signal on trial, from "follow the data" to "one flat line".
  static let ridges: [Double] = [0.5, 2, 8, 32, 128, 512, 4096, 1e6]

  let design: WeekDesign
  /// Σ w over the week.
  let totalWeight: Double
  /// What follows from each λ on trial, whatever the data.
  let trials: [RidgeTrial]
  /// Φ Q.
  let basis: LaneMatrix
  /// n.
  let weights: [Octet]
  /// Λ.
  let eigenvalues: [Octet]
  /// Variances over σ² of the half hours of the day that is forecast, before any data, for λ = 1.
  let rowSums: [Octet]

  init(design: WeekDesign, weekday: Int) {
    self.design = design
    totalWeight = design.weights.reduce(0, +)
    basis = LaneMatrix(design.basis)
    weights = design.weights.octets
    eigenvalues = design.eigenvalues.octets
    let squares = (0..<HalfHours.perDay).map { bin in
      design.basis.row(weekday * HalfHours.perDay + bin).map { $0 * $0 }
    }
    rowSums = squares.map { $0.reduce(0, +) }.octets
    trials = Self.ridges.map { RidgeTrial($0, eigenvalues: design.eigenvalues, squares: squares) }
  }

  /// Fits the profiles of some series at once, each with the λ that its own data speak for.
  ///
  /// - Parameters:
  ///   - sums: z, series × 336.
  ///   - squares: q per series.
  /// - Returns: their profiles, and how sure they are.
  func profiles(sums: LaneMatrix, squares: [Double]) -> FittedProfiles {
    var sums = sums
    var profiles = FittedProfiles([self], rowCount: sums.rowCount)
    profiles.fit(&sums, squares: squares, rows: sums.rowCount)
    return profiles
  }

  /// Finds the λ with the largest marginal likelihood, the noise variance integrated out at its maximum:
  /// −½ [Σₖ log(1 + Λₖ/λ) + n log(q − Σₖ uₖ²/(Λₖ + λ))], as for any Bayesian linear model (Bishop,
  /// 2006, section 3.5).
  ///
  /// - Parameters:
  ///   - u: Qᵀ Φᵀ z.
  ///   - spread: q around the mean.
  /// - Returns: that λ, and the noise that it leaves.
  func shrinkage(of u: Span<Octet>, spread: Double) -> Shrinkage {
    var best = (value: -Double.infinity, trial: Self.ridges.count - 1, unexplained: spread)
    for index in trials.indices {
      let explained = trials[index].explained(by: u)
      let unexplained = max(spread - explained, spread * 1e-6)
      let evidence = -0.5 * (trials[index].logDeterminant + totalWeight * log(unexplained))
      if evidence > best.value { best = (evidence, index, unexplained) }
    }
    return Shrinkage(
      trial: best.trial, noise: best.unexplained / totalWeight, evidence: best.value)
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
  /// 1 / (Λₖ + λ).
  private let inverses: [Octet]

  init(_ ridge: Double, eigenvalues: [Double], squares: [[Double]]) {
    self.ridge = ridge
    logDeterminant = eigenvalues.reduce(0) { $0 + log1p($1 / ridge) }
    freedom = 1 + eigenvalues.reduce(0) { $0 + $1 / ($1 + ridge) }
    variances =
      squares.map { row in
        zip(row, eigenvalues).reduce(0) { $0 + $1.0 / ($1.1 + ridge) }
      }.octets
    inverses = eigenvalues.map { 1 / ($0 + ridge) }.octets
  }

  /// Σₖ uₖ²/(Λₖ + λ).
  func explained(by u: Span<Octet>) -> Double {
    var sum = Octet()
    for index in inverses.indices { sum += u[index] * u[index] * inverses[index] }
    return sum.total
  }
}
