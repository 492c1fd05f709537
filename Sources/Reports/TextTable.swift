// SPDX-License-Identifier: Apache-2.0

/// Lays rows of styled cells out in aligned columns that fit a width.
struct TextTable {
  struct Column {
    var header: String
    var isRightAligned = false
    /// The width to which the column may be cut; `nil` where it must stand whole.
    var narrowestWidth: Int?
  }

  typealias Cell = [StyledText]

  static let gap = 2

  let columns: [Column]
  private(set) var widths: [Int]
  private let isColored: Bool

  /// Creates a layout in which every cell of `rows` stands whole, as far as `width` lets it.
  init(columns: [Column], rows: [[Cell]], width: Int, isColored: Bool) {
    self.columns = columns
    self.isColored = isColored
    widths = columns.enumerated().map { index, column in
      rows.reduce(displayWidth(column.header)) { max($0, Self.width(of: $1[index])) }
    }
    shrink(toWidth: width)
  }

  /// The names of the columns.
  var header: String {
    line(columns.map { [StyledText($0.header, .dim)] })
  }

  /// The width of the first columns and the gaps between them.
  func width(ofFirst count: Int) -> Int {
    widths.prefix(count).reduce(0, +) + max(0, count - 1) * Self.gap
  }

  /// Returns one row, with no spaces at its end.
  func line(_ cells: [Cell]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let isLast = index == cells.count - 1
      let shown = Self.cut(cell, toWidth: widths[index])
      let space = String(repeating: " ", count: max(0, widths[index] - Self.width(of: shown)))
      let text = Self.paint(shown, isColored: isColored)
      if columns[index].isRightAligned {
        line += space + text
      } else {
        line += isLast ? text : text + space
      }
      if !isLast { line += String(repeating: " ", count: Self.gap) }
    }
    return line
  }

  static func width(of cell: Cell) -> Int {
    cell.reduce(0) { $0 + displayWidth($1.text) }
  }

  static func paint(_ cell: Cell, isColored: Bool) -> String {
    cell.map { $0.style.painted($0.text, isColored: isColored) }.joined()
  }

  /// Makes a cell fit: the widest piece gives way, for it is a name, and the share after it would
  /// say more than the name's last letters.
  static func cut(_ cell: Cell, toWidth width: Int) -> Cell {
    let excess = self.width(of: cell) - width
    guard excess > 0 else { return cell }
    let widths = cell.map { displayWidth($0.text) }
    let widest = widths.indices.max { widths[$0] < widths[$1] } ?? 0
    guard widths[widest] - excess >= 4 else { return cutFromEnd(cell, toWidth: width) }
    var cut = cell
    cut[widest].text = truncated(cell[widest].text, toWidth: widths[widest] - excess)
    return cut
  }

  private static func cutFromEnd(_ cell: Cell, toWidth width: Int) -> Cell {
    var left = width
    var kept: Cell = []
    for piece in cell where left > 0 {
      // A piece that fits exactly but has a successor must still make room for the ellipsis.
      let isCut = displayWidth(piece.text) >= left
      let text = isCut ? truncated(piece.text + "…", toWidth: left) : piece.text
      kept.append(StyledText(text, piece.style))
      left -= displayWidth(text)
      if isCut { break }
    }
    return kept
  }

  /// Takes columns from the widest cell that may be cut, until the row fits or nothing gives.
  private mutating func shrink(toWidth width: Int) {
    while self.width(ofFirst: widths.count) > width {
      let flexible = widths.indices.filter { widths[$0] > columns[$0].narrowestWidth ?? .max }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }
}
