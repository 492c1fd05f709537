// SPDX-License-Identifier: Apache-2.0

/// The rows of a query's results as the API gives them.
///
/// Lake gives a list of cells, each an object with the column's name as its key; Logs Insights
/// gives objects with `field` and `value`. Values that are no strings are passed over.
enum QueryRows {
  typealias Cell = (name: String, value: String)

  /// Returns the rows, `nil` where the bytes are something else.
  static func rows(_ bytes: [UInt8]) -> [[Cell]]? {
    var scanner = JSONScanner(bytes)
    return scanner.list { scanner in scanner.list(cell).map { $0.compactMap { $0 } } }
  }

  /// Reads one object as a cell; `.some(nil)` where its value is nothing that a cell can be.
  static func cell(_ scanner: inout JSONScanner) -> Cell?? {
    var pairs: [(String, String?)] = []
    let isObject = scanner.object { key, scanner in
      let text = scanner.string() ?? scanner.word()
      pairs.append((key, text == "null" ? nil : text))
      return text != nil || scanner.skip()
    }
    guard isObject else { return nil }
    let field = pairs.first { ["field", "key", "name"].contains($0.0) }?.1
    let value = pairs.first { $0.0 == "value" }?.1
    if let field, let value { return .some((field, value)) }
    guard let (name, text) = pairs.first, let text else { return .some(nil) }
    return .some((name, text))
  }
}
