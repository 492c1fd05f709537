// SPDX-License-Identifier: Apache-2.0

extension UInt8 {
  /// Whether RFC 3986 leaves the character as it is wherever it stands: `A-Z a-z 0-9 - . _ ~`.
  var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

/// Percent-encoding as AWS signs it: every byte of the UTF-8 but the unreserved, in capitals.
enum PercentEncoding {
  /// The path of a key: its slashes stay.
  static func path(_ key: String) -> String { encode(key, keepsSlash: true) }

  /// The query of a request, sorted by name, then value, as they are encoded: AWS signs it so.
  static func query(_ parameters: [(name: String, value: String)]) -> String {
    let pairs = parameters.map { [encode($0.name), encode($0.value)] }
    let sorted = pairs.sorted { $0.lexicographicallyPrecedes($1) }
    return sorted.map { $0.joined(separator: "=") }.joined(separator: "&")
  }

  static func encode(_ text: String, keepsSlash: Bool = false) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if byte.isUnreserved || (keepsSlash && byte == UInt8(ascii: "/")) {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        encoded += byte < 16 ? "%0" : "%"
        encoded += String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }

  /// Returns the text behind an encoding; a `%` that begins none stands for itself.
  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let byte = escaped(bytes[index...]) {
        decoded.append(byte)
        index += 3
      } else {
        // S3 lists keys in the form encoding, where a space is a plus.
        decoded.append(bytes[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> UInt8? {
    guard bytes.count >= 3, bytes.first == UInt8(ascii: "%") else { return nil }
    let digits = bytes.dropFirst().prefix(2)
    guard digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool { Unicode.Scalar(self).properties.isASCIIHexDigit }
}
