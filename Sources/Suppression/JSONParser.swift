// SPDX-License-Identifier: Apache-2.0

/// Reads JSON text (RFC 8259) and keeps the place of every value.
///
/// Why: rules are written by people, and an error must name its line and column; what reads trail
/// data is fast, and keeps no places.
struct JSONParser {
  private let bytes: [UInt8]
  private(set) var offset = 0
  private var depth = 0

  static let deepest = 64

  /// What is wrong and where.
  struct Failure: Error {
    let offset: Int
    let reason: String
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark, as editors on Windows write.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// Whether nothing but blanks is left.
  mutating func isAtEnd() -> Bool {
    skipBlanks()
    return offset == bytes.count
  }

  /// Reads the next value.
  mutating func next() throws(Failure) -> JSONNode {
    skipBlanks()
    let start = offset
    guard let first = peek else { throw Failure(offset: start, reason: "the text ends here") }
    switch first {
    case UInt8(ascii: "{"): return JSONNode(value: .object(try members()), offset: start)
    case UInt8(ascii: "["): return JSONNode(value: .array(try elements()), offset: start)
    case UInt8(ascii: "\""): return JSONNode(value: .string(try string()), offset: start)
    case UInt8(ascii: "-"), 48...57: return JSONNode(value: .number(try number()), offset: start)
    default: return JSONNode(value: try word(), offset: start)
    }
  }

  // MARK: Parts

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { offset += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard peek == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private func failure(_ reason: String) -> Failure { Failure(offset: offset, reason: reason) }

  private mutating func enter() throws(Failure) {
    guard depth < Self.deepest else { throw failure("more than \(Self.deepest) levels deep") }
    depth += 1
    offset += 1
  }

  private mutating func members() throws(Failure) -> [JSONNode.Member] {
    try enter()
    defer { depth -= 1 }
    var members: [JSONNode.Member] = []
    if take("}") { return members }
    repeat {
      skipBlanks()
      let start = offset
      guard peek == UInt8(ascii: "\"") else { throw failure("a name in quotes must stand here") }
      let name = try string()
      guard take(":") else { throw failure("a colon must stand here") }
      members.append(JSONNode.Member(name: name, offset: start, node: try next()))
    } while take(",")
    guard take("}") else { throw failure("a comma or '}' must stand here") }
    return members
  }

  private mutating func elements() throws(Failure) -> [JSONNode] {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONNode] = []
    if take("]") { return elements }
    repeat { elements.append(try next()) } while take(",")
    guard take("]") else { throw failure("a comma or ']' must stand here") }
    return elements
  }

  private mutating func word() throws(Failure) -> JSONNode.Value {
    for (word, value) in [
      ("true", JSONNode.Value.boolean(true)), ("false", .boolean(false)), ("null", .null),
    ] where bytes[offset...].starts(with: word.utf8) {
      offset += word.utf8.count
      return value
    }
    throw failure("this is no JSON value")
  }

  private mutating func number() throws(Failure) -> String {
    let start = offset
    while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let shape = #/-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/#
    guard text.wholeMatch(of: shape) != nil else {
      throw Failure(offset: start, reason: "this is no JSON number")
    }
    return text
  }

  private mutating func string() throws(Failure) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<32:
        offset -= 1
        throw failure("a string must not hold a line end or another control character")
      default: text.append(byte)
      }
    }
    throw Failure(offset: start, reason: "the string that begins here does not end")
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    guard let byte = peek else { throw failure("the text ends in an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      offset -= 1
      throw failure("JSON has no such escape")
    }
  }

  /// Half of a pair alone becomes the replacement character.
  private mutating func unicodeEscape() throws(Failure) -> [UInt8] {
    var value = try hexadecimal()
    if 0xD800..<0xDC00 ~= value, bytes[offset...].starts(with: "\\u".utf8) {
      let before = offset
      offset += 2
      let second = try hexadecimal()
      if 0xDC00..<0xE000 ~= second {
        value = 0x10000 + (value - 0xD800) << 10 + (second - 0xDC00)
      } else {
        offset = before
      }
    }
    return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let digits = bytes[offset..<min(offset + 4, bytes.count)]
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count == 4, !text.hasPrefix("+"), let value = UInt32(text, radix: 16) else {
      throw failure("four hexadecimal digits must stand here")
    }
    offset += 4
    return value
  }
}
