// SPDX-License-Identifier: Apache-2.0
public import Bytes
internal import CSimdjson
internal import Vocabulary

/// Reads trail data of any shape: plain bytes in, events and faults out.
///
/// The shape is told by the content. One decoder belongs to one worker: its symbols, tables and
/// buffers are used again from piece to piece, so that nothing is allocated per event.
///
///     var decoder = EventDecoder()
///     decoder.decode(buffer, origin: EventOrigin(file: path), into: &batch)
///
/// Edge cases: nothing throws and nothing traps; what cannot be read is a `Fault` in the batch.
/// Duplicates are kept, they are the concern of `Counts`.
public struct EventDecoder: ~Copyable {
  var reader: EventReader
  /// One for the piece itself, and one for each level of texts within texts.
  var levels: [NestedLevel] = [NestedLevel()]
  var decompressor = Decompressor(plainLimit: 1 << 30)
  /// The columns of the table whose pieces are being read.
  var openTable: (file: String, columns: TableColumns)?

  private let readsAggregated: Bool

  /// Creates a decoder with an empty symbol table.
  ///
  /// - Parameters:
  ///   - readsAggregated: Whether aggregated records of `API_ACTIVITY` are read as `activities` of
  ///     the batch, in place of being tallied as no calls.
  ///   - callers: For which events it is read who called.
  public init(readsAggregated: Bool = false, callers: CallerReading = .always) {
    self.readsAggregated = readsAggregated
    reader = EventReader(callers: callers)
  }

  /// The texts of all events that this decoder has read.
  ///
  /// Symbols are never renumbered. Take the table after decoding, not before: a copy that lives on
  /// while the decoder reads makes it copy all texts.
  public var symbols: SymbolTable { reader.symbols }

  /// Appends what a whole file, or a piece of one cut between records, holds.
  public mutating func decode(
    _ plain: borrowing PaddedBuffer, origin: EventOrigin, into batch: inout EventBatch
  ) {
    let bytes = plain.bytes
    var reading = Reading(origin: origin, log: FaultLog(origin: origin, batch: batch))
    guard let start = Self.start(of: bytes) else {
      guard origin.offset == 0 else { return }
      return reading.add(.emptyFile, 0..<0, "holds nothing", to: &batch)
    }
    if origin.offset == 0, isOwnTable(bytes, from: start) {
      reading.log.sawTrailData(&batch)
      batch.notCalls["report", default: 0] += 1
    } else if let columns = tableColumns(bytes, from: start, origin) {
      decodeTable(bytes, columns, &reading, &batch)
    } else {
      reading.base = bytes.begins(with: "\u{FEFF}") ? 3 : 0
      decodeJSON(bytes.extracting(reading.base...), &reading, &batch)
    }
    reading.log.finish(length: bytes.count, into: &batch)
  }

  /// Where the content begins, after a byte order mark and blanks.
  private static func start(of bytes: Span<UInt8>) -> Int? {
    var index = bytes.begins(with: "\u{FEFF}") ? 3 : 0
    while index < bytes.count, bytes[index] <= 32, bytes[index] != 0 { index += 1 }
    return index < bytes.count ? index : nil
  }

  /// Reads a stream of JSON values; 64 bytes behind the last can be read.
  mutating func decodeJSON(
    _ bytes: Span<UInt8>, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    let table = levels[reading.depth].table
    unsafe bytes.withUnsafeBufferPointer { unsafe table.begin($0) }
    while let count = table.advance() {
      for index in 0..<count { read(table.record(index), &reading, &batch) }
    }
  }

  private mutating func read(
    _ record: Record, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    let range = reading.place(record.row.start, record.row.end)
    switch trail_row_kind(rawValue: UInt32(record.row.kind)) {
    case TRAIL_ROW_OBJECT:
      guard !readWithoutEscapes(record, range, &reading, &batch) else { return }
      readObject(record, range, &reading, &batch)
    case TRAIL_ROW_TEXT: readBareText(record, range, &reading, &batch)
    case TRAIL_ROW_TRUNCATED:
      reading.add(.truncatedJSON, range, "the JSON ends too early", to: &batch)
    case TRAIL_ROW_TOO_DEEP: reading.add(.tooDeep, range, "nested too deep", to: &batch)
    case TRAIL_ROW_TOO_LARGE: reading.add(.tooLarge, range, "a value is too large", to: &batch)
    default:
      guard !LogPrefix.matches(record.source) else { return }
      reading.add(.damagedJSON, range, "no valid JSON", to: &batch)
    }
  }

  private mutating func readObject(
    _ record: Record, _ range: Range<Int>, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    switch RecordKind(record) {
    case .call: readCall(record, range, &reading, &batch)
    case .notCall(let name, let isRecord):
      reading.log.sawTrailData(&batch)
      batch.recordCount += isRecord ? 1 : 0
      if name == RecordKind.aggregated, readActivity(record, &batch) { return }
      batch.notCalls[name, default: 0] += 1
    case .container: reading.log.sawTrailData(&batch)
    case .envelope: readEnvelope(record, range, &reading, &batch)
    case .foreign: reading.log.addForeign(range)
    }
  }

  private mutating func readCall(
    _ record: Record, _ range: Range<Int>, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    reading.log.sawTrailData(&batch)
    if record.row.invalid_utf8 {
      let place = range.lowerBound..<range.lowerBound
      reading.add(.invalidUTF8, place, "a text is not UTF-8", to: &batch)
    }
    switch reader.event(of: record, origin: reading.origin, into: &batch) {
    case .success(let event):
      batch.recordCount += 1
      batch.events.append(event)
    case .failure(let flaw):
      let (kind, reason) = Self.explain(flaw, record)
      reading.add(kind, range, reason, to: &batch)
    }
  }

  /// Reads a summary of calls, where those are wanted and it is one.
  private mutating func readActivity(_ record: Record, _ batch: inout EventBatch) -> Bool {
    guard readsAggregated, let aggregated = AggregatedRecord(Self.array(record.source)),
      let activity = reader.activity(of: aggregated)
    else { return false }
    if let id = activity.eventID, id.isHashed { batch.longEventIDs[id] = aggregated.eventID }
    batch.activities.append(activity)
    return true
  }

  private static func explain(
    _ flaw: EventReader.Flaw, _ record: Record
  ) -> (Fault.Kind, String) {
    switch flaw {
    case .missing(let field): (.missingField, "no \(field)")
    case .noTime where record.has(TRAIL_EVENT_TIME): (.missingEventTime, "eventTime is no time")
    case .noTime: (.missingEventTime, "no eventTime")
    case .timeOutOfRange: (.eventTimeOutOfRange, "eventTime is before 2000 or after 2100")
    }
  }
}
