// SPDX-License-Identifier: Apache-2.0

/// Numbers of 7 bits a byte, lowest first, one behind the other: most that are counted fit a byte.
struct Varints: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    var rest = UInt(bitPattern: number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends all bits of a number that may be any.
  mutating func append(bits: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
  }

  /// Lets go of the room for more.
  mutating func close() { bytes = Array(bytes[...]) }

  /// What reads all of the bytes.
  var reader: Reader { reader(of: bytes.indices) }

  /// Returns what reads some of the bytes.
  func reader(of range: Range<Int>) -> Reader { Reader(bytes: bytes, range: range) }

  /// Reads numbers as they were appended.
  struct Reader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    fileprivate init(bytes: [UInt8], range: Range<Int>) {
      self.bytes = bytes
      position = range.lowerBound
      end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    mutating func number() -> Int {
      var number: UInt = 0
      var shift: UInt = 0
      while true {
        let byte = bytes[position]
        position += 1
        number |= UInt(byte & 0x7F) << shift
        if byte < 0x80 { return Int(bitPattern: number) }
        shift += 7
      }
    }

    mutating func bits() -> UInt64 {
      defer { position += 8 }
      return bytes[position..<position + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}

/// Texts one behind the other, in the bytes that they have and four more each.
struct PackedTexts: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []

  init(_ texts: [String]) {
    bytes.reserveCapacity(texts.reduce(0) { $0 + $1.utf8.count })
    ends.reserveCapacity(texts.count)
    for text in texts {
      bytes += text.utf8
      ends.append(UInt32(clamping: bytes.count))
    }
  }

  subscript(index: Int) -> String {
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return String(decoding: bytes[start..<Int(ends[index])], as: UTF8.self)
  }
}
