// SPDX-License-Identifier: Apache-2.0

/// Reads the text of a GUID, `e0fe8f0c-df4e-45eb-a163-3753adaaf64e`, eight digits at a time.
enum GUIDText {
  /// Returns the 32 digits as two words, `nil` where the text is none, or not in lower case.
  static func words(_ text: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard text.count == 36, text[8] == dash, text[13] == dash, text[18] == dash, text[23] == dash
    else { return nil }
    let raw = unsafe text.bytes
    let low32: UInt64 = 0xFFFF_FFFF
    // Digits in the order of the text, the first in the lowest byte.
    let second = raw.littleWord(at: 9) & low32 | raw.littleWord(at: 14) << 32
    let third = raw.littleWord(at: 19) & low32 | raw.littleWord(at: 24) << 32
    guard let first = digits(raw.littleWord(at: 0)), let second = digits(second),
      let third = digits(third), let fourth = digits(raw.littleWord(at: 28))
    else { return nil }
    return (first << 32 | second, third << 32 | fourth)
  }

  private static let dash = UInt8(ascii: "-")
  private static let ones = UInt64.max / 255

  /// Returns the number that eight digits make, `nil` where one is no digit.
  ///
  /// Each byte is tested by a sum that carries into its highest bit, in all bytes at once.
  private static func digits(_ text: UInt64) -> UInt64? {
    let tops = ones << 7
    guard text & tops == 0 else { return nil }
    func atLeast(_ byte: UInt8) -> UInt64 { (text &+ ones &* UInt64(0x80 - byte)) & tops }
    let numerals = atLeast(UInt8(ascii: "0")) & ~atLeast(UInt8(ascii: "9") + 1)
    let letters = atLeast(UInt8(ascii: "a")) & ~atLeast(UInt8(ascii: "f") + 1)
    guard numerals | letters == tops else { return nil }
    var value = (text & (ones &* 15)) &+ (letters >> 7) &* 9
    value = value.byteSwapped
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return (value | value >> 16) & 0xFFFF_FFFF
  }
}

extension RawSpan {
  fileprivate func littleWord(at offset: Int) -> UInt64 { UInt64(littleEndian: word(at: offset)) }
}
