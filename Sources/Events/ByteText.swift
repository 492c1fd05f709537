// SPDX-License-Identifier: Apache-2.0

/// Small questions to UTF-8 bytes, answered without making a `String`.

func equalBytes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  return unsafe left.bytes.equals(right.bytes)
}

extension RawSpan {
  /// Eight bytes from an offset, in the machine's order.
  func word(at offset: Int) -> UInt64 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// Whether as many bytes are the same: word by word, the last word over what is left.
  @inline(always)
  func equals(_ other: RawSpan) -> Bool {
    guard byteCount >= 8 else {
      for index in 0..<byteCount where byte(at: index) != other.byte(at: index) { return false }
      return true
    }
    var offset = 0
    while offset + 8 < byteCount {
      if word(at: offset) != other.word(at: offset) { return false }
      offset += 8
    }
    return word(at: byteCount - 8) == other.word(at: byteCount - 8)
  }

  func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes are those of an ASCII literal.
  @inline(always)
  func equals(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && begins(with: literal)
  }

  /// Whether the bytes begin with those of an ASCII literal.
  @inline(always)
  func begins(with literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard count >= length else { return false }
    let text = unsafe RawSpan(_unsafeStart: literal.utf8Start, byteCount: length)
    return unsafe extracting(..<length).bytes.equals(text)
  }

  /// Whether the bytes end with those of an ASCII literal.
  func ends(with literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    return count >= length && extracting((count - length)...).begins(with: literal)
  }

  /// Where an ASCII literal stands first.
  func firstIndex(of literal: StaticString) -> Int? {
    let length = literal.utf8CodeUnitCount
    guard count >= length else { return nil }
    for start in 0...(count - length) where extracting(start...).begins(with: literal) {
      return start
    }
    return nil
  }

  /// Where a byte stands first at or after an index.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    var index = start
    let raw = unsafe bytes
    let ones = UInt64.max / 255
    // A zero byte shows as a borrow in its highest bit; below the first one nothing is borrowed.
    while index + 8 <= count {
      let word = raw.word(at: index) ^ (ones &* UInt64(byte))
      let zeros = (word &- ones) & ~word & (ones << 7)
      if zeros != 0 { return index + zeros.littleEndian.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// The bytes as a text; what is not UTF-8 becomes U+FFFD.
  var string: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
