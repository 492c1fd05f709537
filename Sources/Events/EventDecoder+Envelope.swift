// SPDX-License-Identifier: Apache-2.0
internal import Bytes
internal import CSimdjson
internal import Vocabulary

/// Records within texts: `lookup-events`, log groups, streams, topics, queues, search documents.
///
/// The text is unescaped, or decoded and expanded, and walked as if it were a file of its own.
extension EventDecoder {
  mutating func readEnvelope(
    _ record: Record, _ range: Range<Int>, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    guard reading.depth < Reading.deepestNesting else {
      return reading.add(.tooDeep, range, "records wrapped too often", to: &batch)
    }
    // A search document has its event's text twice, in `event.original` and in `message`.
    guard !record.row.holds_rows else { return reading.log.sawTrailData(&batch) }
    var inner = innerReading(reading, range)
    if record.has(TRAIL_NESTED_TEXT) {
      reader.scratch.removeAll(keepingCapacity: true)
      reader.append(record, TRAIL_NESTED_TEXT)
      readScratch(isNotice: record.has(TRAIL_NOTICE), &inner, &batch)
    } else if record.has(TRAIL_NESTED_BASE64) {
      readBase64(record, &inner, &batch)
    } else {
      readQueryRows(record, &inner, &batch)
    }
    reading.log = inner.log
  }

  /// Reads a string that stands where a record may stand.
  mutating func readBareText(
    _ record: Record, _ range: Range<Int>, _ reading: inout Reading, _ batch: inout EventBatch
  ) {
    let source = record.source
    guard source.begins(with: "\""), source.count > 1, reading.depth < Reading.deepestNesting else {
      return reading.log.addForeign(range)
    }
    var inner = innerReading(reading, range)
    reader.scratch.removeAll(keepingCapacity: true)
    StringEscapes.append(source.extracting(1..<source.count - 1), to: &reader.scratch)
    readScratch(isNotice: false, &inner, &batch)
    reading.log = inner.log
  }

  /// Reads a record whose words are written with needless escapes, such as `"Manag\\u0065ment"`, as
  /// if they were not; returns whether there were some.
  ///
  /// Free text is unescaped where it is read; words that are compared are not, as next to no record
  /// has escapes there.
  mutating func readWithoutEscapes(
    _ record: Record, _ range: Range<Int>, _ reading: inout Reading, _ batch: inout EventBatch
  ) -> Bool {
    guard record.hasEscapedWord, !record.row.holds_rows, reading.depth < Reading.deepestNesting
    else { return false }
    var plain: [UInt8] = []
    StringEscapes.appendWithoutNeedless(record.source, to: &plain)
    guard plain.count < record.length else { return false }
    var inner = innerReading(reading, range)
    let level = levels[inner.depth]
    level.buffer.removeAll()
    level.buffer.append(plain.span)
    decodeJSON(level.buffer.bytes, &inner, &batch)
    reading.log = inner.log
    return true
  }

  /// Goes one level down, to bytes that stand for a range of the piece.
  mutating func innerReading(_ reading: Reading, _ range: Range<Int>) -> Reading {
    var inner = reading
    inner.depth += 1
    inner.base = 0
    inner.outer = range
    if levels.count <= inner.depth { levels.append(NestedLevel()) }
    return inner
  }

  /// Reads an unescaped text as trail data, if it is some.
  private mutating func readScratch(
    isNotice: Bool, _ inner: inout Reading, _ batch: inout EventBatch
  ) {
    let level = levels[inner.depth]
    level.buffer.removeAll()
    level.buffer.append(reader.scratch.span)
    if Self.isJSON(level.buffer.bytes) {
      decodeJSON(level.buffer.bytes, &inner, &batch)
    } else if isNotice {
      inner.log.sawTrailData(&batch)
      batch.notCalls["notification", default: 0] += 1
    } else if level.buffer.bytes.begins(with: "CWL CONTROL MESSAGE") {
      // The probe of a log subscription; the message around it is tallied.
      inner.log.sawTrailData(&batch)
    } else {
      inner.log.addForeign(inner.place(0, 0))
    }
  }

  private mutating func readBase64(
    _ record: Record, _ inner: inout Reading, _ batch: inout EventBatch
  ) {
    let level = levels[inner.depth]
    level.buffer.removeAll()
    reader.scratch.removeAll(keepingCapacity: true)
    reader.append(record, TRAIL_NESTED_BASE64)
    guard let bytes = Base64.decoded(reader.scratch.span) else {
      return inner.log.addForeign(inner.place(0, 0))
    }
    level.buffer.append(bytes.span)
    let expansion = decompressor.expand(level.buffer, into: &level.expanded)
    for fault in expansion.faults {
      let kind = Fault.Kind(rawValue: fault.kind.rawValue) ?? .damagedGzip
      inner.add(kind, inner.place(0, 0), fault.reason, to: &batch)
    }
    if expansion.isPlain {
      decodeJSON(level.buffer.bytes, &inner, &batch)
    } else {
      decodeJSON(level.expanded.bytes, &inner, &batch)
    }
  }

  static func isJSON(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    return index < bytes.count
      && (bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "["))
  }
}
