// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// One rule of a file.
struct SuppressionRule: Sendable {
  typealias Failure = JSONParser.Failure

  let name: String
  let reason: String
  let expires: Timestamp?
  let pattern: EventPattern

  /// Reads rules that stand one after another, alone or in arrays.
  static func parseAll(_ bytes: [UInt8]) throws(Failure) -> [SuppressionRule] {
    var parser = JSONParser(bytes)
    var rules: [SuppressionRule] = []
    while !parser.isAtEnd() {
      let node = try parser.next()
      for element in node.elements ?? [node] {
        let rule = try SuppressionRule(element)
        guard !rules.contains(where: { $0.name == rule.name }) else {
          throw Failure(offset: element.offset, reason: "a rule before has the same name")
        }
        rules.append(rule)
      }
    }
    return rules
  }

  private init(_ node: JSONNode) throws(Failure) {
    guard let members = node.members else {
      throw Failure(offset: node.offset, reason: "a rule is an object")
    }
    // A misspelt `expires` must not silence for ever.
    let known = ["name", "reason", "pattern", "expires"]
    if let other = members.first(where: { !known.contains($0.name) }) {
      let reason = "a rule has name, reason, pattern and expires, no \"\(other.name)\""
      throw Failure(offset: other.offset, reason: reason)
    }
    guard let pattern = node["pattern"] else {
      throw Failure(offset: node.offset, reason: "the rule has no pattern")
    }
    guard let name = node["name"], let nameText = name.text, !nameText.isEmpty else {
      throw Failure(offset: (node["name"] ?? node).offset, reason: "a rule needs a name")
    }
    self.name = nameText
    reason = try Self.text(node["reason"], "the reason is a string") ?? ""
    let time = try Self.text(node["expires"], "expires takes a time") ?? ""
    expires = Timestamp(rfc3339: time)
    if let node = node["expires"], expires == nil {
      throw Failure(
        offset: node.offset, reason: "expires takes a time as in \"2026-03-01T00:00:00Z\"")
    }
    self.pattern = try PatternCompiler.compile(pattern)
  }

  private static func text(_ node: JSONNode?, _ reason: String) throws(Failure) -> String? {
    guard let node else { return nil }
    guard let text = node.text else { throw Failure(offset: node.offset, reason: reason) }
    return text
  }

  /// Whether the rule still held when the insight began, and matches one of its records.
  func silences(_ insight: Insight, events: [JSONNode]) -> Bool {
    let start = insight.start.timestamp
    return (expires.map { start < $0 } ?? true) && events.contains { pattern.matches($0) }
  }
}
