// SPDX-License-Identifier: Apache-2.0
public import Insights
import Vocabulary

/// The insights and what was read, for a person at a terminal.
///
/// A title, a row for each insight under its account and Region with a picture of the series
/// around it, and the coverage. Nothing is wider than `width`; names from the logs cannot drive
/// the terminal.
public struct TableReport: Sendable {
  /// Columns that a line may take.
  public let width: Int
  /// Whether colours are written.
  public let isColored: Bool

  /// Creates a report of at least 40 columns.
  public init(width: Int, isColored: Bool) {
    self.width = max(40, width)
    self.isColored = isColored
  }

  /// Returns the report's bytes.
  public func encode(_ findings: Findings) -> [UInt8] {
    var lines = wrapped(title(of: findings), toWidth: width).map {
      TextStyle.bold.painted($0, isColored: isColored)
    }
    if !findings.insights.isEmpty {
      lines.append("")
      lines += InsightTable(findings.insights, width: width, isColored: isColored).lines
    }
    lines.append("")
    lines += SuppressedSection(rules: findings.suppressed, width: width).lines
    lines +=
      CoverageSection(coverage: findings.coverage, width: width, isColored: isColored).lines
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func title(of findings: Findings) -> String {
    let coverage = findings.coverage
    guard coverage.calls > 0 else { return "No insights: no calls were read." }
    let input = "\(PeopleText.count(coverage.calls, "call")) of \(series(of: coverage))"
    let budget = PeopleText.number(findings.alertsPerWeek)
    guard !findings.insights.isEmpty else { return "No insights: nothing unusual in \(input)." }
    return "\(PeopleText.count(findings.insights.count, "insight")) in \(input)"
      + " (budget: \(budget) false a week)"
  }

  private func series(of coverage: Coverage) -> String {
    "\(PeopleText.count(coverage.series)) series"
  }
}
