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
  private var reader = EventReader()
  private let table = RecordTable()

  /// Creates a decoder with an empty symbol table.
  public init() {}

  /// The texts of all events that this decoder has read.
  public var symbols: SymbolTable { reader.symbols }

  /// Appends what a whole file, or a piece of one cut between records, holds.
  public mutating func decode(
    _ plain: borrowing PaddedBuffer, origin: EventOrigin, into batch: inout EventBatch
  ) {
    let bytes = plain.bytes
    var log = FaultLog(origin: origin, batch: batch)
    guard Self.start(of: bytes) != nil else {
      guard origin.offset == 0 else { return }
      return log.add(.emptyFile, 0..<0, "holds nothing", to: &batch)
    }
    decodeJSON(bytes, origin, &log, into: &batch)
    log.finish(length: bytes.count, into: &batch)
  }

  /// Where the content begins, after a byte order mark and blanks.
  private static func start(of bytes: Span<UInt8>) -> Int? {
    var index = bytes.begins(with: "\u{FEFF}") ? 3 : 0
    while index < bytes.count, bytes[index] <= 32, bytes[index] != 0 { index += 1 }
    return index < bytes.count ? index : nil
  }

  private mutating func decodeJSON(
    _ bytes: Span<UInt8>, _ origin: EventOrigin, _ log: inout FaultLog,
    into batch: inout EventBatch
  ) {
    let mark = bytes.begins(with: "\u{FEFF}") ? 3 : 0
    unsafe bytes.extracting(mark...).withUnsafeBufferPointer { unsafe table.begin($0) }
    while let count = table.advance() {
      for index in 0..<count {
        read(table.record(index), at: mark, origin, &log, &batch)
      }
    }
  }

  private mutating func read(
    _ record: Record, at base: Int, _ origin: EventOrigin, _ log: inout FaultLog,
    _ batch: inout EventBatch
  ) {
    let range = base + record.row.start..<base + record.row.end
    switch trail_row_kind(rawValue: UInt32(record.row.kind)) {
    case TRAIL_ROW_OBJECT: break
    case TRAIL_ROW_TEXT: return log.addForeign(range)
    case TRAIL_ROW_TRUNCATED:
      return log.add(.truncatedJSON, range, "the JSON ends too early", to: &batch)
    case TRAIL_ROW_TOO_DEEP: return log.add(.tooDeep, range, "nested too deep", to: &batch)
    case TRAIL_ROW_TOO_LARGE: return log.add(.tooLarge, range, "a value is too large", to: &batch)
    default: return log.add(.damagedJSON, range, "no valid JSON", to: &batch)
    }
    switch RecordKind(record) {
    case .call: readCall(record, range, origin, &log, &batch)
    case .notCall(let name, let isRecord):
      log.sawTrailData(&batch)
      batch.recordCount += isRecord ? 1 : 0
      batch.notCalls[name, default: 0] += 1
    case .container: log.sawTrailData(&batch)
    case .envelope, .foreign: log.addForeign(range)
    }
  }

  private mutating func readCall(
    _ record: Record, _ range: Range<Int>, _ origin: EventOrigin, _ log: inout FaultLog,
    _ batch: inout EventBatch
  ) {
    log.sawTrailData(&batch)
    if record.row.invalid_utf8 {
      log.add(.invalidUTF8, range.lowerBound..<range.lowerBound, "a text is not UTF-8", to: &batch)
    }
    switch reader.event(of: record, origin: origin, into: &batch) {
    case .success(let event):
      batch.recordCount += 1
      batch.events.append(event)
    case .failure(let error):
      let (kind, reason) = Self.explain(error.flaw, record)
      log.add(kind, range, reason, to: &batch)
    }
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
