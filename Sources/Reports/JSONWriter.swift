// SPDX-License-Identifier: Apache-2.0

/// Writes JSON text as bytes, compact, keys in the order in which they are given.
///
/// Strings escape the quote, the backslash and every control character (U+0000 to U+001F, U+007F
/// to U+009F, and the line separators U+2028 and U+2029), so that a record is one line for every
/// reader and cannot drive a terminal.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  /// Whether the next value or key follows another one in its object or array.
  private var needsComma = false

  package init() {}

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    nest("{", "}", members)
  }

  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    nest("[", "]", elements)
  }

  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars { append(scalar) }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func integer(_ value: Int) { literal(String(value)) }

  /// Appends a plain decimal, `null` where the number is not finite.
  mutating func number(_ value: Double) {
    let text = plainDecimal(value, significantDigits: 12)
    literal(text.isEmpty ? "null" : text)
  }

  /// Appends text that is JSON already.
  mutating func literal(_ text: String) {
    separate()
    bytes += text.utf8
  }

  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  private mutating func nest(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    separate()
    bytes.append(UInt8(ascii: open))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: close))
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\":
      bytes += [UInt8(ascii: "\\"), UInt8(scalar.value)]
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{2029}":
      let digits = String(scalar.value, radix: 16)
      bytes += "\\u".utf8
      bytes += String(repeating: "0", count: 4 - digits.utf8.count).utf8
      bytes += digits.utf8
    default:
      bytes += UTF8.encode(scalar).map(Array.init) ?? []
    }
  }
}
