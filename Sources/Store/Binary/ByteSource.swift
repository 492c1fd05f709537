// SPDX-License-Identifier: Apache-2.0

/// A value that is read without the detour over Codable's containers.
protocol DirectlyDecodable {
  static func read(from source: ByteSource) throws -> Self
}

/// The bytes of one encoding, and how far they are read.
final class ByteSource {
  let bytes: [UInt8]
  private(set) var position: Int
  private var depth = 0

  init(_ bytes: [UInt8], at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  var remaining: Int { bytes.count - position }

  func damage(_ words: String, _ underlying: (any Error)? = nil) -> DecodingError {
    .dataCorrupted(
      .init(
        codingPath: [], debugDescription: "at byte \(position): \(words)",
        underlyingError: underlying))
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let direct = type as? any DirectlyDecodable.Type,
      let value = try direct.read(from: self) as? Value
    {
      return value
    }
    guard depth < BinaryEncoder.deepestNesting else { throw damage("nested too deep") }
    depth += 1
    defer { depth -= 1 }
    return try Value(from: BinaryReader(source: self))
  }

  /// Reads an element of a list, which has a byte at the least.
  func decodeElement<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let start = position
    let value = try decode(type)
    if position == start { try skipByte() }
    return value
  }

  // MARK: Numbers

  func byte() throws -> UInt8 {
    guard position < bytes.count else { throw damage("the bytes end early") }
    position += 1
    return bytes[position - 1]
  }

  func skipByte() throws {
    guard try byte() == 0 else { throw damage("something where there is nothing") }
  }

  func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw damage("the bytes end early") }
    position += count
    return bytes[position - count..<position]
  }

  func uint32() throws -> UInt32 {
    try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  func uint64() throws -> UInt64 {
    try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  func varint() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 63 || byte <= 1 else { throw damage("a number of more than 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  func zigzag() throws -> Int64 {
    let number = try varint()
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// Reads how many elements follow, each of which has so many bytes at the least.
  func count(bytesEach: Int = 1) throws -> Int {
    let count = Int(try uint32())
    guard count <= remaining / bytesEach else { throw damage("more elements than bytes") }
    return count
  }

  // MARK: Lists of numbers

  func floats() throws -> [Float] {
    let count = try count(bytesEach: 4)
    let content = try take(4 * count)
    return [Float](capacity: count) { output in
      var index = content.startIndex
      for _ in 0..<count {
        let low = UInt32(content[index]) | UInt32(content[index + 1]) << 8
        let high = UInt32(content[index + 2]) | UInt32(content[index + 3]) << 8
        output.append(Float(bitPattern: low | high << 16))
        index += 4
      }
    }
  }

  func doubles() throws -> [Double] {
    let count = try count(bytesEach: 8)
    let content = try take(8 * count)
    return [Double](capacity: count) { output in
      for start in stride(from: content.startIndex, to: content.endIndex, by: 8) {
        var bits: UInt64 = 0
        for index in 0..<8 { bits |= UInt64(content[start + index]) << UInt64(8 * index) }
        output.append(Double(bitPattern: bits))
      }
    }
  }

  func integers() throws -> [Int] {
    let count = try count()
    var integers: [Int] = []
    integers.reserveCapacity(count)
    for _ in 0..<count { integers.append(Int(try zigzag())) }
    return integers
  }
}
