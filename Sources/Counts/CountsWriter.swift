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
  private let history: CountHistory
  /// Every (minute, series, index of the minute in the series), in the order of rows.
  private let rows: [(minute: Int32, rank: Int32, position: Int32)]
  /// Series indices in the order of columns.
  private let order: [Int]
  /// The columns of each series' key as they stand in a row, in the order of `order`.
  private let keyCells: [[UInt8]]

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
    keyCells = order.map { index in
      for text in texts[index] { csv.textCell(text) }
      return csv.takeCells()
    }
    rows = Self.rows(of: history, in: order)
  }

  /// Writes the table of counts, in pieces of about a mebibyte.
  public func writeCounts<E: Error>(to sink: ([UInt8]) throws(E) -> Void) throws(E) {
    var csv = CSVWriter()
    for column in CountsColumn.allCases where column != .attribute && column != .value {
      csv.cell(column.rawValue)
    }
    csv.endRow()
    var minute = MinuteCell()
    for row in rows {
      csv.writtenCells(minute.cell(row.minute)[...])
      csv.writtenCells(keyCells[Int(row.rank)][...])
      csv.cell(history.series[order[Int(row.rank)]].count(at: Int(row.position)))
      csv.endRow()
      if csv.bytes.count > 1 << 20 { try sink(csv.takeBytes()) }
    }
    try sink(csv.takeBytes())
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
      let start = minute.cell(row.minute) + [UInt8(ascii: ",")] + keyCells[Int(row.rank)]
      attributions.write(
        series: order[Int(row.rank)], position: Int(row.position), after: start, to: &csv)
      if csv.bytes.count > 1 << 20 { try sink(csv.takeBytes()) }
    }
    try sink(csv.takeBytes())
  }

  /// Sorts by minute, then by rank, as whole numbers; minutes of a series come in their own order.
  private static func rows(
    of history: CountHistory, in order: [Int]
  ) -> [(minute: Int32, rank: Int32, position: Int32)] {
    var words: [UInt64] = []
    words.reserveCapacity(history.series.reduce(0) { $0 + $1.minutes.count })
    for (rank, index) in order.enumerated() {
      for minute in history.series[index].minutes {
        words.append(UInt64(UInt32(bitPattern: minute)) << 32 | UInt64(rank))
      }
    }
    words.sort()
    var next = [Int32](repeating: 0, count: order.count)
    return words.map { word in
      let rank = Int(word & 0xFFFF_FFFF)
      defer { next[rank] += 1 }
      return (Int32(truncatingIfNeeded: word >> 32), Int32(rank), next[rank])
    }
  }

  private static func columns(of key: SeriesKey) -> [String] {
    [
      key.insightType.rawValue, key.recipientAccountID, key.awsRegion, key.eventCategory,
      key.eventSource, key.eventName, key.errorCode,
    ]
  }
}

/// The text of the last minute that was asked for: rows of a minute stand together.
private struct MinuteCell {
  private var minute = Int32.min
  private var text: [UInt8] = []

  mutating func cell(_ wanted: Int32) -> [UInt8] {
    if wanted != minute {
      minute = wanted
      text = Array(Minute(sinceEpoch: Int(wanted)).rfc3339.utf8)
    }
    return text
  }
}
