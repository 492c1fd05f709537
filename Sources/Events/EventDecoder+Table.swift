// SPDX-License-Identifier: Apache-2.0
internal import Bytes
internal import CSV
internal import CSimdjson
internal import Vocabulary

/// Events in tables: the CSV of Event history, Lake and Athena, and the rows of query results.
extension EventDecoder {
  private static let longestHeader = 16 << 10

  /// The columns where the bytes are a table's CSV: by its header, or going on with a table.
  mutating func tableColumns(
    _ bytes: Span<UInt8>, from start: Int, _ origin: EventOrigin
  ) -> TableColumns? {
    let first = bytes[start]
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return nil }
    if origin.offset > 0 {
      return openTable?.file == origin.file ? openTable?.columns : nil
    }
    let end = bytes.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
    guard end - start < Self.longestHeader else { return nil }
    var header = CSVReader(Self.array(bytes.extracting(start..<end)))
    guard let columns = header.next().flatMap(TableColumns.init) else { return nil }
    openTable = (origin.file, columns)
    return columns
  }

  /// Whether the bytes are a report, labels or counts that this program wrote: often beside a trail,
  /// and no trail data.
  func isOwnTable(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    let headers: [StaticString] = [
      "insight_id,insight_type,", "insight_type,recipient_account_id,", "kind,insight_type,",
      "minute,insight_type,",
    ]
    return headers.contains { bytes.extracting(start...).begins(with: $0) }
  }

  mutating func decodeTable(
    _ bytes: Span<UInt8>, _ columns: TableColumns, _ reading: inout Reading,
    _ batch: inout EventBatch
  ) {
    var rows = CSVReader(Self.array(bytes))
    if reading.origin.offset == 0 { _ = rows.next() }
    reading.log.sawTrailData(&batch)
    var next = rows.next()
    while let cells = next {
      let start = rows.rowOffset
      next = rows.next()
      let range = start..<(next == nil ? bytes.count : rows.rowOffset)
      guard cells.count == columns.count, next != nil || !rows.isUnterminated else {
        reading.add(.malformedRow, range, "the row does not fit the header", to: &batch)
        continue
      }
      readRow(cells, columns, range, &reading, &batch)
    }
  }

  /// Reads a row as the record that it was made of.
  private mutating func readRow(
    _ cells: [String], _ columns: TableColumns, _ range: Range<Int>?, _ reading: inout Reading,
    _ batch: inout EventBatch
  ) {
    var inner = innerReading(reading, range ?? reading.place(0, 0))
    let level = levels[inner.depth]
    level.buffer.removeAll()
    level.buffer.append(columns.record(cells).span)
    let eventCount = batch.events.count
    decodeJSON(level.buffer.bytes, &inner, &batch)
    reading.log = inner.log
    if columns.isHistory { batch.notices["event_history_csv", default: 0] += 1 }
    if columns.lacksARN, batch.events.count > eventCount {
      batch.guessed["user_identity_arn", default: 0] += 1
    }
  }

  /// Reads `QueryResultRows` and its like: lists of cells with their columns' names.
  mutating func readQueryRows(
    _ record: Record, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    let raw = record.raw(TRAIL_QUERY_ROWS)
    guard let rows = QueryRows.rows(Self.array(raw)) else {
      return reading.log.addForeign(reading.place(0, 0))
    }
    reading.log.sawTrailData(&batch)
    for row in rows {
      let message = row.first { $0.name == "@message" }
      let names = message == nil ? row.map(\.name) : ["eventjson"]
      let cells = message == nil ? row.map(\.value) : [message?.value ?? ""]
      guard let columns = TableColumns(names) else {
        reading.log.addForeign(reading.place(0, 0))
        continue
      }
      readRow(cells, columns, nil, &reading, &batch)
    }
  }

  static func array(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
