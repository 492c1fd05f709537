// SPDX-License-Identifier: Apache-2.0

/// The fields of a small JSON object, as the services that hand out credentials write them.
///
/// Why not the reader of trail data: that one walks records at full speed over padded buffers and
/// knows only their fields. Here it is six fields, once an hour.
struct JSONFields: Hashable, Sendable {
  /// Strings as they mean, numbers and words as they stand; what is nested is left out.
  private(set) var values: [String: String] = [:]

  subscript(name: String) -> String? { values[name] }

  /// Reads an object; `nil` where the text is not one whole object.
  init?(_ bytes: [UInt8]) {
    var parser = JSONParser(bytes)
    guard let values = parser.object(depth: 0), parser.isAtEnd else { return nil }
    self.values = values
  }
}

private struct JSONParser {
  private let bytes: [UInt8]
  private var index = 0

  private static let maximumDepth = 32

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { bytes[index...].allSatisfy(\.isJSONSpace) }

  mutating func object(depth: Int) -> [String: String]? {
    guard depth < Self.maximumDepth, take("{") else { return nil }
    var values: [String: String] = [:]
    if take("}") { return values }
    repeat {
      skipSpace()
      guard let name = string(), take(":"), let value = value(depth: depth) else { return nil }
      if case .text(let text) = value { values[name] = text }
    } while take(",")
    return take("}") ? values : nil
  }

  private enum Value {
    case text(String)
    case nested
  }

  private mutating func value(depth: Int) -> Value? {
    skipSpace()
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "\""): return string().map(Value.text)
    case UInt8(ascii: "{"): return object(depth: depth + 1).map { _ in .nested }
    case UInt8(ascii: "["): return array(depth: depth + 1) ? .nested : nil
    default:
      let word = bytes[index...].prefix { $0.isUnreserved || $0 == UInt8(ascii: "+") }
      index = word.endIndex
      let text = String(decoding: word, as: UTF8.self)
      if text == "null" { return .nested }
      return text == "true" || text == "false" || Double(text) != nil ? .text(text) : nil
    }
  }

  private mutating func array(depth: Int) -> Bool {
    guard depth < Self.maximumDepth, take("[") else { return false }
    if take("]") { return true }
    repeat {
      guard value(depth: depth) != nil else { return false }
    } while take(",")
    return take("]")
  }

  /// Reads a string that begins here; UTF-16 escapes in pairs, unpaired ones as U+FFFD.
  private mutating func string() -> String? {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
    index += 1
    var units: [UInt16] = []
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return String(decoding: units, as: UTF16.self)
      }
      if byte == UInt8(ascii: "\\") {
        guard let unit = escape() else { return nil }
        units.append(unit)
      } else {
        let run = bytes[index...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        guard run.allSatisfy({ $0 >= 32 }) else { return nil }
        units += String(decoding: run, as: UTF8.self).utf16
        index = run.endIndex
      }
    }
    return nil
  }

  private mutating func escape() -> UInt16? {
    guard index + 1 < bytes.count else { return nil }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(letter)
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "u"):
      let digits = bytes[index...].prefix(4)
      guard digits.count == 4, digits.allSatisfy(\.isUnreserved) else { return nil }
      index += 4
      return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    default: return nil
    }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < bytes.count, bytes[index].isJSONSpace { index += 1 }
  }
}

extension UInt8 {
  fileprivate var isJSONSpace: Bool { self == 32 || self == 10 || self == 13 || self == 9 }
}
