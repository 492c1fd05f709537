// SPDX-License-Identifier: Apache-2.0

/// Small questions to UTF-8 bytes, answered without making a `String`.

func equalBytes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  let (first, second) = unsafe (left.bytes, right.bytes)
  var offset = 0
  while offset + 8 <= first.byteCount {
    if first.word(at: offset) != second.word(at: offset) { return false }
    offset += 8
  }
  while offset < left.count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}

extension RawSpan {
  /// Eight bytes from an offset, in the machine's order.
  func word(at offset: Int) -> UInt64 {
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes are those of an ASCII literal.
  func equals(_ literal: StaticString) -> Bool {
    count == literal.utf8CodeUnitCount && begins(with: literal)
  }

  /// Whether the bytes begin with those of an ASCII literal.
  func begins(with literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard count >= length else { return false }
    for index in 0..<length where unsafe self[index] != literal.utf8Start[index] { return false }
    return true
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
