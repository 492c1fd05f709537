// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Vocabulary

/// The pictures of an insight in the terminal: the minutes around it, and the week before.
struct InsightChart {
  let insight: Insight
  let width: Int
  let isColored: Bool

  var closeLines: [String] {
    let step = PeopleText.duration(minutes: insight.excerpt.stepMinutes)
    let noun = typeText(insight.series.insightType)
    let dots = insight.direction == .above ? "the most that is usual" : "what is expected"
    return lines(of: insight.excerpt, rows: 8, title: "\(noun) per \(step); dots: \(dots)")
  }

  var weekLines: [String] {
    guard let week = insight.week else { return [] }
    let noun = typeText(insight.series.insightType)
    let step = PeopleText.duration(minutes: week.stepMinutes)
    return lines(of: week, rows: 3, title: "the week before, \(noun) per \(step)")
  }

  private func lines(of excerpt: Insight.Excerpt, rows: Int, title: String) -> [String] {
    guard !excerpt.counts.isEmpty else { return [] }
    let steps = excerpt.counts.indices.map { step in
      BarChart.Column(
        count: excerpt.counts[step],
        usual: usual(step, of: excerpt),
        isInsight: isInside(step, of: excerpt))
    }
    let columns = BarChart.columns(of: steps, width: width - BarChart.margin)
    let chart = BarChart(
      columns: columns, rowCount: rows, style: TextStyle(severity: insight.severity),
      isColored: isColored)
    return [TextStyle.dim.painted(truncated(title, toWidth: width), isColored: isColored)]
      + chart.lines
      + [underline(columns), times(of: excerpt, columnCount: columns.count)]
  }

  /// The fewest that is usual is mostly none; so a drop is held against the expected.
  private func usual(_ step: Int, of excerpt: Insight.Excerpt) -> Int? {
    guard excerpt.usual.indices.contains(step) else { return nil }
    guard insight.direction == .below, excerpt.expected.indices.contains(step) else {
      return excerpt.usual[step].upperBound
    }
    return Int(excerpt.expected[step].rounded())
  }

  private func isInside(_ step: Int, of excerpt: Insight.Excerpt) -> Bool {
    let start = excerpt.start + step * excerpt.stepMinutes
    let end = insight.end ?? insight.start + max(1, insight.statistics.insightMinutes)
    return start < end && insight.start < start + excerpt.stepMinutes
  }

  /// Marks the insight's minutes, for readers without colours.
  private func underline(_ columns: [BarChart.Column]) -> String {
    let margin = String(repeating: " ", count: BarChart.margin)
    let last = columns.lastIndex(where: \.isInsight).map { $0 + 1 } ?? 0
    return margin + String(columns[..<last].map { $0.isInsight ? "▔" : " " })
  }

  private func times(of excerpt: Insight.Excerpt, columnCount: Int) -> String {
    let margin = String(repeating: " ", count: BarChart.margin)
    let end = excerpt.start + excerpt.counts.count * excerpt.stepMinutes
    let (left, right) = (minuteText(excerpt.start), minuteText(end))
    let space = columnCount - left.count - right.count
    let text = space > 0 ? left + String(repeating: " ", count: space) + right : left
    return margin + TextStyle.dim.painted(text, isColored: isColored)
  }
}
