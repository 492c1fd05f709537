// SPDX-License-Identifier: Apache-2.0

/// The rows of a query's results as the API gives them.
///
/// Lake gives a list of cells, each an object with the column's name as its key; Logs Insights
/// gives objects with `field` and `value`. Values that are no strings are passed over.
struct QueryRows {
  typealias Cell = (name: String, value: String)

  private let bytes: [UInt8]
  private var index = 0

  /// Returns the rows, `nil` where the bytes are something else.
  static func rows(_ bytes: [UInt8]) -> [[Cell]]? {
    var parser = QueryRows(bytes: bytes)
    return parser.list { parser in parser.list { $0.cell() }.map { $0.compactMap { $0 } } }
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func list<Item>(_ item: (inout QueryRows) -> Item?) -> [Item]? {
    guard take("[") else { return nil }
    var items: [Item] = []
    if take("]") { return items }
    repeat {
      guard let next = item(&self) else { return nil }
      items.append(next)
    } while take(",")
    return take("]") ? items : nil
  }

  /// Reads one object as a cell; `.some(nil)` where its value is no string.
  private mutating func cell() -> Cell?? {
    guard take("{") else { return nil }
    var pairs: [(String, String?)] = []
    if take("}") { return .some(nil) }
    repeat {
      guard let name = string(), take(":") else { return nil }
      pairs.append((name, string() ?? scalar()))
    } while take(",")
    guard take("}") else { return nil }
    let field = pairs.first { $0.0 == "field" || $0.0 == "key" }?.1
    let value = pairs.first { $0.0 == "value" }?.1
    if let field, let value { return .some((field, value)) }
    guard let (name, text) = pairs.first, let text else { return .some(nil) }
    return .some((name, text))
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func string() -> String? {
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

  /// Passes over a number or a word; only `null` and its like stand there.
  private mutating func scalar() -> String? {
    let start = index
    while index < bytes.count, !",}]".utf8.contains(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    return text == "null" || text.isEmpty ? nil : text
  }
}
