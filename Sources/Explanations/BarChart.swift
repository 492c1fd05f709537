// SPDX-License-Identifier: Apache-2.0
import Reports

/// Counts as bars of block characters, in rows of eighths, with the upper end of what is usual as
/// a dotted line where no bar hides it.
///
///        35 ┤            ▂█
///           │            ██
///         0 └─▁──────────██────
struct BarChart {
  /// One column of the picture.
  struct Column {
    var count: Int
    /// The most that would be usual, or what is expected; `nil` where that is not known.
    var usual: Int?
    var isInsight: Bool
  }

  let columns: [Column]
  let rowCount: Int
  let style: TextStyle
  let isColored: Bool

  private static let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  /// Columns that the axis takes.
  static let margin = 9

  /// Spreads steps over columns: each repeated, or the highest of several in one.
  static func columns(of steps: [Column], width: Int) -> [Column] {
    guard !steps.isEmpty, width > 0 else { return [] }
    guard steps.count > width else {
      let times = width / steps.count
      return steps.flatMap { Array(repeating: $0, count: times) }
    }
    return (0..<width).map { column in
      let first = column * steps.count / width
      let part = steps[first..<max(first + 1, (column + 1) * steps.count / width)]
      return Column(
        count: part.map(\.count).max() ?? 0, usual: part.compactMap(\.usual).max(),
        isInsight: part.contains(where: \.isInsight))
    }
  }

  var lines: [String] {
    let highest = columns.map { max($0.count, $0.usual ?? 0) }.max() ?? 0
    return (0..<rowCount).map { row in
      let label = row == 0 ? PeopleText.number(Double(highest)) : row == rowCount - 1 ? "0" : ""
      let mark = row == 0 ? " ┤" : row == rowCount - 1 ? " └" : " │"
      let space = String(repeating: " ", count: max(0, Self.margin - 2 - label.count))
      return space + label + mark + cells(ofRow: row, highest: max(1, highest))
    }
  }

  private func cells(ofRow row: Int, highest: Int) -> String {
    var text = ""
    var run = ""
    var runStyle = TextStyle.plain
    for column in columns {
      let (cell, cellStyle) = cell(column, row: row, highest: highest)
      if cellStyle != runStyle {
        text += runStyle.painted(run, isColored: isColored)
        (run, runStyle) = ("", cellStyle)
      }
      run.append(cell)
    }
    return text + runStyle.painted(run, isColored: isColored)
  }

  private func cell(_ column: Column, row: Int, highest: Int) -> (Character, TextStyle) {
    let below = 8 * (rowCount - 1 - row)
    var eighths = (Double(column.count) / Double(highest) * Double(8 * rowCount)).rounded()
    // A single call can be told from none.
    if column.count > 0 { eighths = max(1, eighths) }
    let inRow = min(8, max(0, Int(eighths) - below))
    if inRow > 0 { return (Self.blocks[inRow], column.isInsight ? style : .plain) }
    let usual = column.usual.map { Double($0) / Double(highest) * Double(8 * rowCount) } ?? -1
    let isUsualHere =
      usual > 0 && Int(usual.rounded(.up)) - 1 >= below
      && Int(usual.rounded(.up)) - 1 < below + 8
    return isUsualHere ? ("·", .dim) : (" ", .plain)
  }
}
