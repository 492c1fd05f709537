// SPDX-License-Identifier: Apache-2.0

/// Undoes JSON's escapes.
///
/// Lone surrogates and escapes that JSON does not know become U+FFFD and the escaped character;
/// nothing fails.
struct StringEscapes {
  /// Appends the text that a JSON string stands for.
  static func append(_ string: Span<UInt8>, to text: inout [UInt8]) {
    var index = 0
    text.reserveCapacity(text.count + string.count)
    while index < string.count {
      let byte = string[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < string.count else {
        text.append(byte)
        continue
      }
      let escaped = string[index]
      index += 1
      if escaped == UInt8(ascii: "u") {
        appendScalar(string, &index, &text)
      } else {
        text.append(control(escaped))
      }
    }
  }

  /// Appends the source of a JSON value without the escapes of characters that need none.
  static func appendWithoutNeedless(_ source: Span<UInt8>, to text: inout [UInt8]) {
    var index = 0
    text.reserveCapacity(text.count + source.count)
    while index < source.count {
      let byte = source[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < source.count else {
        text.append(byte)
        index += 1
        continue
      }
      if source[index + 1] == UInt8(ascii: "/") {
        text.append(UInt8(ascii: "/"))
        index += 2
      } else if source[index + 1] == UInt8(ascii: "u"),
        let code = hexadecimal(source, at: index + 2).flatMap(UInt8.init(exactly:)),
        32..<127 ~= code, code != UInt8(ascii: "\""), code != UInt8(ascii: "\\")
      {
        text.append(code)
        index += 6
      } else {
        text.append(byte)
        text.append(source[index + 1])
        index += 2
      }
    }
  }

  private static func control(_ escaped: UInt8) -> UInt8 {
    switch escaped {
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: escaped
    }
  }

  /// Reads the digits after `\u`, and a second escape where the first is a high surrogate.
  private static func appendScalar(
    _ string: Span<UInt8>, _ index: inout Int, _ text: inout [UInt8]
  ) {
    var code = hexadecimal(string, at: index) ?? 0xFFFD
    if hexadecimal(string, at: index) != nil { index += 4 }
    if 0xD800..<0xDC00 ~= code, index + 1 < string.count, string[index] == UInt8(ascii: "\\"),
      string[index + 1] == UInt8(ascii: "u"), let low = hexadecimal(string, at: index + 2),
      0xDC00..<0xE000 ~= low
    {
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      index += 6
    }
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private static func hexadecimal(_ string: Span<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= string.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      switch string[index] {
      case 48...57: value = value << 4 | UInt32(string[index] - 48)
      case 65...70: value = value << 4 | UInt32(string[index] - 55)
      case 97...102: value = value << 4 | UInt32(string[index] - 87)
      default: return nil
      }
    }
    return value
  }
}
