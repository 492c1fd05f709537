// SPDX-License-Identifier: Apache-2.0

/// RFC 4648's base64, with or without padding, with line ends, in both alphabets.
enum Base64 {
  /// Returns the bytes, `nil` where the text is not base64.
  static func decoded(_ text: Span<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard let value = value(byte) else {
        guard byte <= 32 else { return nil }
        continue
      }
      guard padding == 0 else { return nil }
      bits = bits << 6 | value
      count += 1
      if count % 4 == 0 { append(bits, 3, to: &bytes) }
    }
    guard count % 4 != 1, padding <= 2 else { return nil }
    if count % 4 == 2 { append(bits << 12, 1, to: &bytes) }
    if count % 4 == 3 { append(bits << 6, 2, to: &bytes) }
    return bytes
  }

  private static func append(_ bits: UInt32, _ count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index)))
    }
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: UInt32(byte - 65)
    case 97...122: UInt32(byte - 71)
    case 48...57: UInt32(byte + 4)
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
