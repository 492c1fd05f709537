// SPDX-License-Identifier: Apache-2.0

/// A value that is written without the detour over Codable's containers.
protocol DirectlyEncodable {
  func write(to sink: ByteSink) throws
}

/// Where the bytes of one encoding gather.
final class ByteSink {
  var bytes: [UInt8] = []
  private var depth = 0

  func encode<Value: Encodable>(_ value: Value) throws {
    // The type first: a cast of the value would copy it.
    if Value.self is any DirectlyEncodable.Type, let direct = value as? any DirectlyEncodable {
      return try direct.write(to: self)
    }
    guard depth < BinaryEncoder.deepestNesting else {
      throw refusal(of: value, "nested too deep")
    }
    depth += 1
    defer { depth -= 1 }
    try value.encode(to: BinaryWriter(sink: self))
  }

  /// Writes an element of a list, with a byte at the least, so that a count promises bytes.
  func encodeElement<Value: Encodable>(_ value: Value) throws {
    let start = bytes.count
    try encode(value)
    if bytes.count == start { bytes.append(0) }
  }

  /// An element of something without an order.
  struct Entry {
    let key: [UInt8]
    let content: [UInt8]
  }

  /// Returns what is written, as bytes of its own.
  func apart(_ write: (ByteSink) throws -> Void) rethrows -> [UInt8] {
    let own = ByteSink()
    own.depth = depth
    try write(own)
    return own.bytes
  }

  /// Writes a count, and entries in the order of their keys' bytes.
  func appendSorted(_ entries: [Entry]) throws {
    try appendCount(entries.count)
    for entry in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      bytes += entry.key
      bytes += entry.content
    }
  }

  func refusal(of value: Any, _ words: String) -> EncodingError {
    .invalidValue(value, .init(codingPath: [], debugDescription: words))
  }

  // MARK: Numbers

  func append(_ value: UInt32) {
    for shift in stride(from: 0, to: 32 as UInt32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  func append(_ value: UInt64) {
    append(UInt32(truncatingIfNeeded: value))
    append(UInt32(truncatingIfNeeded: value >> 32))
  }

  func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  func appendCount(_ count: Int) throws {
    guard let short = UInt32(exactly: count) else { throw refusal(of: count, "too many elements") }
    append(short)
  }

  /// Writes a count over one that was written before.
  func setCount(_ count: Int, at offset: Int) throws {
    guard let short = UInt32(exactly: count) else { throw refusal(of: count, "too many elements") }
    for index in 0..<4 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: short >> UInt32(8 * index))
    }
  }

  /// Integers gather apart: one array that nobody else can see grows at a few times the speed.
  func appendAll(_ integers: [Int]) {
    var own: [UInt8] = []
    own.reserveCapacity(2 * integers.count)
    for integer in integers {
      var rest = integer.zigzag
      while rest >= 0x80 {
        own.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      own.append(UInt8(rest))
    }
    bytes += own
  }

  func appendAll(_ floats: [Float]) {
    bytes.append(addingCapacity: 4 * floats.count) { output in
      for float in floats {
        let bits = float.bitPattern
        output.append(UInt8(truncatingIfNeeded: bits))
        output.append(UInt8(truncatingIfNeeded: bits >> 8))
        output.append(UInt8(truncatingIfNeeded: bits >> 16))
        output.append(UInt8(truncatingIfNeeded: bits >> 24))
      }
    }
  }

  func appendAll(_ doubles: [Double]) {
    bytes.append(addingCapacity: 8 * doubles.count) { output in
      for double in doubles {
        var bits = double.bitPattern
        for _ in 0..<8 {
          output.append(UInt8(truncatingIfNeeded: bits))
          bits >>= 8
        }
      }
    }
  }
}
