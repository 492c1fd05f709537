// SPDX-License-Identifier: Apache-2.0
public import Insights
import Reports
import Vocabulary

/// One insight in full, for a person at a terminal.
public struct ExplanationReport: Sendable {
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
  public func encode(_ insight: Insight) -> [UInt8] {
    let picture = InsightChart(insight: insight, width: width, isColored: isColored)
    var lines = heading(of: insight) + [""]
    lines += wrapped(InsightSentence(insight).text, toWidth: width) + [""]
    lines += picture.closeLines + [""]
    if !picture.weekLines.isEmpty { lines += picture.weekLines + [""] }
    lines += figures(of: insight) + [""]
    for (title, rows) in AttributionComparison(insight).tables {
      lines += table(title, rows, AttributionComparison(insight)) + [""]
    }
    lines += evidence(of: insight)
    lines += title("What to check next")
    for step in NextSteps.steps(for: insight.series, insight.direction) {
      let text = wrapped(step, toWidth: width - 2)
      lines += text.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
    }
    lines += [""] + wrapped("insight " + insight.id, toWidth: width).map(dim)
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func dim(_ text: String) -> String { TextStyle.dim.painted(text, isColored: isColored) }

  private func title(_ text: String) -> [String] {
    [TextStyle.bold.painted(truncated(text, toWidth: width), isColored: isColored)]
  }

  private func heading(of insight: Insight) -> [String] {
    let series = insight.series
    let arrow = insight.direction == .above ? "▲" : "▼"
    let error = series.errorCode.isEmpty ? "" : " " + series.errorCode
    let call = escapingControls(callText(series) + error)
    let place = escapingControls(series.awsRegion + "  " + series.recipientAccountID)
    let severity = "\(Int(insight.severity)) \(arrow)"
    let style = TextStyle(severity: insight.severity)
    let room = width - severity.count - 2
    let lines = [
      style.painted(severity, isColored: isColored) + "  "
        + TextStyle.bold.painted(truncated(call, toWidth: room), isColored: isColored),
      dim(truncated(place, toWidth: width)),
    ]
    guard let rule = insight.suppressedBy else { return lines }
    return lines
      + wrapped("silenced by the rule " + escapingControls(rule), toWidth: width).map {
        TextStyle.yellow.painted($0, isColored: isColored)
      }
  }

  private func figures(of insight: Insight) -> [String] {
    let entries = InsightFigures.entries(of: insight)
    let longest = entries.map(\.name.count).max() ?? 0
    return entries.map { name, value in
      dim(name) + String(repeating: " ", count: longest - name.count + 2)
        + truncated(value, toWidth: width - longest - 2)
    }
  }

  private func table(
    _ name: String, _ rows: [AttributionComparison.Row], _ comparison: AttributionComparison
  ) -> [String] {
    let numbers = rows.map { (comparison.inside($0), comparison.usual($0)) }
    let first = max(14, numbers.map(\.0.count).max() ?? 0)
    let second = max(8, numbers.map(\.1.count).max() ?? 0)
    let room = max(8, width - first - second - 4)
    func line(_ value: String, _ inside: String, _ usual: String) -> String {
      value + String(repeating: " ", count: room - displayWidth(value) + 2)
        + String(repeating: " ", count: first - inside.count) + inside
        + String(repeating: " ", count: second - usual.count + 2) + usual
    }
    let header = dim(line("", "in the insight", "baseline"))
    let shown = zip(rows, numbers).map { row, number in
      line(truncated(escapingControls(row.value), toWidth: room), number.0, number.1)
    }
    return title(name) + [header] + shown
  }

  /// Whole paths, for they are there to be copied.
  private func evidence(of insight: Insight) -> [String] {
    guard !insight.evidence.isEmpty else { return [] }
    let lines = insight.evidence.flatMap { event in
      let place = event.file == "-" ? "standard input" : event.file
      let id = escapingControls(event.eventID)
      return place.isEmpty ? [id] : [id, dim("  in ") + escapingControls(place)]
    }
    return title("Events that show it") + lines + [""]
  }
}
