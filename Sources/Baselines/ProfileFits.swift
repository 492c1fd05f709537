// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The fits that compete for each series, one a weekend, side by side, so that one matrix product
/// serves them all.
struct ProfileFits {
  /// By how many nats another weekend must be likelier than the first.
  private static let headStart = 2.0

  /// None where LAPACK failed.
  let all: [ProfileFit]
  /// Their bases side by side.
  let bases: LaneMatrix
  /// n.
  let weights: [Octet]
  /// Σ w over the week.
  let totalWeight: Double
  /// Coefficients of each.
  let coefficientCount: Int

  /// Factors the designs of all weekends.
  ///
  /// - Parameters:
  ///   - weights: n.
  ///   - weekday: that of the day which is forecast.
  init(weights: [Double], weekday: Int) {
    self.init(
      Weekend.everywhere.compactMap { WeekDesign(weights: weights, weekend: $0) },
      weights: weights, weekday: weekday)
  }

  /// Prepares the fits of some designs that share their weights.
  init(_ designs: [WeekDesign], weights: [Double], weekday: Int) {
    let count = designs.map(\.basis.columnCount).max() ?? 0
    all = designs.enumerated().map { index, design in
      ProfileFit(
        design: design, weekday: weekday, coefficientCount: count,
        headStart: index == 0 ? Self.headStart : 0)
    }
    bases = LaneMatrix(sideBySide: all.map(\.basis))
    self.weights = weights.octets
    totalWeight = weights.reduce(0, +)
    coefficientCount = (count + 7) / 8 * 8
  }
}
