// SPDX-License-Identifier: Apache-2.0
import CSV
import Vocabulary

/// The columns of a table of counts.
enum CountsColumn: String, CaseIterable {
  case minute
  case insightType = "insight_type"
  case recipientAccountID = "recipient_account_id"
  case awsRegion = "aws_region"
  case eventCategory = "event_category"
  case eventSource = "event_source"
  case eventName = "event_name"
  case errorCode = "error_code"
  /// Only in tables of attributions.
  case attribute
  /// Only in tables of attributions.
  case value
  case count

  /// The value of `attribute` under which evidence event identifiers stand.
  static let evidenceAttribute = "eventID"
}

/// Writes a history as CSV: a row for each series and minute with events, sorted by its columns.
public struct CountsWriter: Sendable {
  private static let pieceLength = 256 << 10

  private let history: CountHistory
  private let rows: [CountRow]
  /// Series indices in the order of columns.
  private let order: [Int]
  /// The columns of each series' key as they stand in a row, in the order of `order`, all in one
  /// text: an array for each would be retained and released for each row.
  private let keyCells: [UInt8]
  private var keyBounds: [Range<Int>] = []

  /// Creates a writer; sorts the rows.
  ///
  /// - Complexity: O(n log n) in the rows.
  public init(_ history: CountHistory) {
    self.history = history
    let texts = history.series.map { CountsWriter.columns(of: $0.key) }
    let order = history.series.indices.sorted { left, right in
      for (first, second) in zip(texts[left], texts[right]) where first != second {
        return utf8Less(first, second)
      }
      return false
    }
    self.order = order
    var csv = CSVWriter()
    var keyCells: [UInt8] = []
    for index in order {
      for text in texts[index] { csv.textCell(text) }
      let start = keyCells.count
      keyCells += csv.takeCells()
      keyBounds.append(start..<keyCells.count)
    }
    self.keyCells = keyCells
    rows = CountRow.sorted(order.map { history.series[$0].minutes })
  }

  /// Writes the table of counts, piece by piece.
  public func writeCounts<E: Error>(to sink: ([UInt8]) throws(E) -> Void) throws(E) {
    var csv = CSVWriter()
    for column in CountsColumn.allCases where column != .attribute && column != .value {
      csv.cell(column.rawValue)
    }
    csv.endRow()
    var minute = MinuteCell()
    for row in rows {
      csv.writtenCells(minute.cell(row.minute)[...])
      csv.writtenCells(keyCells[keyBounds[Int(row.rank)]])
      csv.cell(history.series[order[Int(row.rank)]].count(at: Int(row.position)))
      csv.endRow()
      try Self.handOn(&csv, to: sink, beyond: Self.pieceLength)
    }
    try Self.handOn(&csv, to: sink, beyond: 0)
  }

  /// Writes the table of attributions: for each series and minute the values of every attribute
  /// with their counts, and evidence identifiers under the attribute `eventID`.
  public func writeAttributions<E: Error>(to sink: ([UInt8]) throws(E) -> Void) throws(E) {
    var csv = CSVWriter()
    for column in CountsColumn.allCases { csv.cell(column.rawValue) }
    csv.endRow()
    var minute = MinuteCell()
    var attributions = AttributionRows(history.attributions)
    for row in rows {
      let start = minute.cell(row.minute) + [UInt8(ascii: ",")] + keyCells[keyBounds[Int(row.rank)]]
      attributions.write(
        series: order[Int(row.rank)], position: Int(row.position), after: start, to: &csv)
      try Self.handOn(&csv, to: sink, beyond: Self.pieceLength)
    }
    try Self.handOn(&csv, to: sink, beyond: 0)
  }

  private static func handOn<E: Error>(
    _ csv: inout CSVWriter, to sink: ([UInt8]) throws(E) -> Void, beyond length: Int
  ) throws(E) {
    guard csv.bytes.count > length else { return }
    try sink(csv.bytes)
    csv.removeRows()
  }

  private static func columns(of key: SeriesKey) -> [String] {
    [
      key.insightType.rawValue, key.recipientAccountID, key.awsRegion, key.eventCategory,
      key.eventSource, key.eventName, key.errorCode,
    ]
  }
}

/// The text of the last minute that was asked for: rows of a minute stand together, and minutes of a
/// day follow one another.
private struct MinuteCell {
  private var minute = Int32.min
  private var day = Int.min
  private(set) var text: [UInt8] = []

  mutating func cell(_ wanted: Int32) -> [UInt8] {
    if wanted != minute { write(Minute(sinceEpoch: Int(wanted))) }
    minute = wanted
    return text
  }

  private mutating func write(_ minute: Minute) {
    guard minute.day == day else {
      day = minute.day
      text = Array(minute.rfc3339.utf8)
      return
    }
    let ofDay = minute.minuteOfDay
    for (place, digit) in [
      (16, ofDay % 10), (15, ofDay / 10 % 6), (13, ofDay / 60 % 10), (12, ofDay / 600),
    ] {
      text[place - 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
    }
  }
}
