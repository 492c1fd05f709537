// SPDX-License-Identifier: Apache-2.0
import CSV

/// The rows of a plain series as they come: CSV with a `timestamp` and a `value` among its columns.
///
/// A header names the two in any place and any case; without one they are the first two columns.
struct PlainTable {
  /// A row with its cells as they were typed and as they were understood.
  struct Row {
    let line: Int
    var timestamp = ""
    var value = ""
    /// `nil` where the cell holds no time.
    var milliseconds: Int?
    /// `nil` where the cell holds no number.
    var number: Double?
  }

  private let bytes: [UInt8]
  private var reader: CSVReader
  private var columns: (time: Int, value: Int)?
  private var line = 1
  private var countedUpTo = 0
  /// Whether the first row names columns, but not the two.
  private(set) var lacksColumns = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    reader = CSVReader(bytes)
  }

  /// Returns the next row, `nil` after the last.
  mutating func next() -> Row? {
    guard !lacksColumns, let cells = reader.next() else { return nil }
    countLines()
    guard let columns else {
      readHeader(cells)
      return columns == nil || isHeader(cells) ? next() : row(cells, (0, 1))
    }
    return row(cells, columns)
  }

  private func row(_ cells: [String], _ columns: (time: Int, value: Int)) -> Row {
    var row = Row(line: line)
    if columns.time < cells.count { row.timestamp = cells[columns.time] }
    if columns.value < cells.count { row.value = cells[columns.value] }
    row.milliseconds = PlainTime.milliseconds(trimmed(row.timestamp))
    // Squares of larger numbers would leave the range of a `Double`.
    row.number = Double(trimmed(row.value)).flatMap { abs($0) < 1e100 ? $0 : nil }
    return row
  }

  private mutating func readHeader(_ cells: [String]) {
    guard isHeader(cells) else {
      columns = (0, 1)
      return
    }
    let names = cells.map { trimmed($0).lowercased() }
    guard let time = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value")
    else {
      lacksColumns = true
      return
    }
    columns = (time, value)
  }

  private func isHeader(_ cells: [String]) -> Bool {
    !cells.contains { Double(trimmed($0)) != nil }
  }

  private mutating func countLines() {
    for offset in countedUpTo..<reader.rowOffset where bytes[offset] == 10 { line += 1 }
    countedUpTo = reader.rowOffset
  }

  private func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last, first == 32 || last == 32 else {
      return text
    }
    let head = text.drop { $0 == " " }
    return String(head.reversed().drop { $0 == " " }.reversed())
  }
}
