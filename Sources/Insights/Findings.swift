// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// All that a run found and all that a report prints; a report looks nothing up.
public struct Findings: Sendable {
  /// Sorted as the CSV report is: by start, series key, id.
  public var insights: [Insight]
  /// What was read, and what was missing, damaged or cut off.
  public var coverage: Coverage
  /// The budget of false insights a week with which they were found.
  public var alertsPerWeek: Double

  /// What each rule silenced, in the rules' own order; empty where there are no rules.
  public var suppressed: [SuppressedInsights] = []

  /// Creates findings of insights in any order.
  public init(insights: [Insight], coverage: Coverage, alertsPerWeek: Double) {
    self.insights = insights.sorted { left, right in
      if left.start != right.start { return left.start < right.start }
      if left.series != right.series { return left.series < right.series }
      return left.id < right.id
    }
    self.coverage = coverage
    self.alertsPerWeek = alertsPerWeek
  }

  /// The same with the silenced insights among the others.
  public var withSuppressed: Findings {
    var all = Findings(
      insights: insights + suppressed.flatMap(\.insights), coverage: coverage,
      alertsPerWeek: alertsPerWeek)
    all.suppressed = suppressed
    return all
  }
}
