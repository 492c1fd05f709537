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

  /// Creates a writer; sorts the rows.
  ///
  /// - Complexity: O(n log n) in the rows.
  public init(_ history: CountHistory) {
    self.history = history
    let texts = history.series.map { CountsWriter.columns(of: $0.key) }
    order = history.series.indices.sorted { left, right in
      for (first, second) in zip(texts[left], texts[right]) where first != second {
        return utf8Less(first, second)
      }
      return false
    }
    var rows: [(minute: Int32, rank: Int32, position: Int32)] = []
    for (rank, index) in order.enumerated() {
      for (position, minute) in history.series[index].minutes.enumerated() {
        rows.append((minute, Int32(rank), Int32(position)))
      }
    }
    self.rows = rows.sorted { left, right in
      left.minute != right.minute ? left.minute < right.minute : left.rank < right.rank
    }
  }

  /// Writes the table of counts, in pieces of about a mebibyte.
  public func writeCounts<E: Error>(to sink: ([UInt8]) throws(E) -> Void) throws(E) {
    var csv = CSVWriter()
    for column in CountsColumn.allCases where column != .attribute && column != .value {
      csv.cell(column.rawValue)
    }
    csv.endRow()
    for row in rows {
      let series = history.series[order[Int(row.rank)]]
      appendKey(of: row, to: &csv)
      csv.cell(String(series.count(at: Int(row.position))))
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
    for row in rows {
      for (attribute, value, count) in attributions(of: row) {
        appendKey(of: row, to: &csv)
        csv.cell(attribute)
        csv.textCell(value)
        csv.cell(String(count))
        csv.endRow()
      }
      if csv.bytes.count > 1 << 20 { try sink(csv.takeBytes()) }
    }
    try sink(csv.takeBytes())
  }

  private func attributions(of row: (minute: Int32, rank: Int32, position: Int32))
    -> [(String, String, Int)]
  {
    let minutes = Int(row.position)..<Int(row.position) + 1
    let series = order[Int(row.rank)]
    let values = history.attributions.values(series: series, minutes: minutes)
    var rows: [(String, String, Int)] = []
    for (attribute, counts) in values {
      rows += counts.map { (attribute.rawValue, $0.value, $0.count) }
    }
    rows += history.attributions.evidence(series: series, minutes: minutes)
      .map { (CountsColumn.evidenceAttribute, $0.eventID, 1) }
    return rows.sorted { left, right in
      left.0 != right.0 ? utf8Less(left.0, right.0) : utf8Less(left.1, right.1)
    }
  }

  private func appendKey(
    of row: (minute: Int32, rank: Int32, position: Int32), to csv: inout CSVWriter
  ) {
    csv.cell(Minute(sinceEpoch: Int(row.minute)).rfc3339)
    for text in Self.columns(of: history.series[order[Int(row.rank)]].key) { csv.textCell(text) }
  }

  private static func columns(of key: SeriesKey) -> [String] {
    [
      key.insightType.rawValue, key.recipientAccountID, key.awsRegion, key.eventCategory,
      key.eventSource, key.eventName, key.errorCode,
    ]
  }
}
