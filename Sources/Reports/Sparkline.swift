// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// A series as a row of bars, U+2581 to U+2588, one a column.
///
/// Zero is the lowest bar and everything above zero at least the second, so that a single call
/// can be told from none. Where the series has more steps than the picture has columns, a column
/// shows the highest of its steps: a spike of one minute must not be averaged away.
struct Sparkline {
  /// One bar a column, and whether the column lies in the insight.
  private(set) var columns: [(bar: Character, isInsight: Bool)] = []

  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  init(_ insight: Insight, width: Int) {
    let counts = insight.excerpt.counts
    let columnCount = min(width, counts.count)
    guard columnCount > 0 else { return }
    let highest = counts.max() ?? 0
    for column in 0..<columnCount {
      let first = column * counts.count / columnCount
      let end = max(first + 1, (column + 1) * counts.count / columnCount)
      let isInsight = (first..<end).contains { Self.isStep($0, within: insight) }
      let peak = counts[first..<end].max() ?? 0
      columns.append((Self.bar(for: peak, outOf: highest), isInsight))
    }
  }

  /// The picture in two styles: the insight in its severity's colour, the rest dim.
  func styled(_ insightStyle: TextStyle) -> [StyledText] {
    var pieces: [StyledText] = []
    for (bar, isInsight) in columns {
      let style = isInsight ? insightStyle : .dim
      if pieces.last?.style == style {
        pieces[pieces.count - 1].text.append(bar)
      } else {
        pieces.append(StyledText(String(bar), style))
      }
    }
    return pieces
  }

  private static func isStep(_ index: Int, within insight: Insight) -> Bool {
    let step = insight.excerpt.stepMinutes
    let start = insight.excerpt.start + index * step
    let end = insight.end ?? insight.start + max(1, insight.statistics.insightMinutes)
    return start < end && insight.start < start + step
  }

  private static func bar(for count: Int, outOf highest: Int) -> Character {
    guard count > 0, highest > 0 else { return bars[0] }
    let level = (Double(count) / Double(highest) * 7).rounded(.up)
    return bars[min(7, max(1, Int(level)))]
  }
}
