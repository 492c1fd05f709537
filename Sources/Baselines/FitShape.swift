// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The shapes of the matrices of a daily fit, for those who time it beside its bare products.
package enum FitShape {
  /// Half hours of a week.
  package static let halfHours = HalfHours.perWeek
  /// Weekends that compete.
  package static let weekends = Weekend.everywhere.count
  /// λ on trial.
  package static let trials = ProfileFit.ridges.count
  /// Series that are fitted together.
  package static let block = DayForecast.seriesPerBlock
  /// Coefficients of a weekend, before they are filled up to whole vectors.
  package static var coefficients: Int {
    designs(weekends).map(\.basis.columnCount).max() ?? 0
  }

  /// Factors the designs of some weekends, as a fit does before it looks at series.
  package static func factorDesigns(_ count: Int) {
    precondition(designs(count).count == count, "LAPACK failed")
  }

  private static func designs(_ count: Int) -> [WeekDesign] {
    Weekend.everywhere.prefix(count).compactMap {
      WeekDesign(weights: Array(repeating: 2, count: halfHours), weekend: $0)
    }
  }
}
