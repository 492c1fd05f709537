// SPDX-License-Identifier: Apache-2.0

/// Reads small pieces of JSON value by value: what the walker only notes the place of.
///
/// Lenient: it serves what was found to be JSON by and large, and returns `nil` where it is lost.
struct JSONScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Takes a mark such as a bracket, after blanks.
  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  mutating func list<Item>(_ item: (inout JSONScanner) -> Item?) -> [Item]? {
    guard take("[") else { return nil }
    var items: [Item] = []
    if take("]") { return items }
    repeat {
      guard let next = item(&self) else { return nil }
      items.append(next)
    } while take(",")
    return take("]") ? items : nil
  }

  /// Reads an object; `value` gets each key, must go behind its value, and says whether it could.
  mutating func object(_ value: (_ key: String, inout JSONScanner) -> Bool) -> Bool {
    guard take("{") else { return false }
    if take("}") { return true }
    repeat {
      guard let key = string(), take(":"), value(key, &self) else { return false }
    } while take(",")
    return take("}")
  }

  mutating func string() -> String? {
    guard take("\"") else { return nil }
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < bytes.count else { return nil }
    var text: [UInt8] = []
    StringEscapes.append(bytes.span.extracting(start..<index), to: &text)
    index += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads a number or a word as it stands; `nil` where there is none.
  mutating func word() -> String? {
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    let start = index
    while index < bytes.count, bytes[index] > 32, !",:{}[]\"".utf8.contains(bytes[index]) {
      index += 1
    }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  /// Goes behind any value.
  mutating func skip() -> Bool {
    var depth = 0
    repeat {
      if take("{") || take("[") {
        depth += 1
      } else if depth > 0, take("}") || take("]") {
        depth -= 1
      } else if depth > 0, take(",") || take(":") {
        continue
      } else if string() == nil, word() == nil {
        return false
      }
    } while depth > 0
    return true
  }
}
