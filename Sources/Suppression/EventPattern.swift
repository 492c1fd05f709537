// SPDX-License-Identifier: Apache-2.0

/// An EventBridge event pattern: what an event must look like.
///
/// All conditions must hold. A condition on a field that holds an array holds if it does for one of
/// the array's values; conditions inside one object of a pattern are held against one and the same
/// element of an array of objects.
///
/// - SeeAlso: aws/event-ruler, README.
struct EventPattern: Sendable {
  indirect enum Condition: Sendable {
    /// One of the matchers must match a value under the name.
    case leaf(name: String, path: [String], matchers: [ValueMatcher])
    /// An object under the name must match.
    case nested(name: String, EventPattern)
    /// One of the patterns must match: `$or`.
    case either([EventPattern])
  }

  var conditions: [Condition]

  func matches(_ event: JSONNode) -> Bool { matches(event, in: event) }

  /// `nil` stands for an object that is not there: only conditions that ask for that hold.
  private func matches(_ node: JSONNode?, in event: JSONNode) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .leaf(let name, let path, let matchers):
        let values = node?[name]?.leaves ?? []
        return matchers.contains { $0.matches(values, path: path, in: event) }
      case .nested(let name, let pattern):
        let objects = node?[name]?.objects ?? []
        return objects.isEmpty
          ? pattern.matches(nil, in: event) : objects.contains { pattern.matches($0, in: event) }
      case .either(let patterns):
        return patterns.contains { $0.matches(node, in: event) }
      }
    }
  }
}

/// What a value must be: one element of a pattern's array.
indirect enum ValueMatcher: Sendable {
  case null
  case boolean(Bool)
  /// Compared as text.
  case number(String)
  case string(String)
  case text(TextMatcher)
  case numeric([NumericBound])
  case address(AddressBlock)
  case present
  /// No value stands at the whole path, in whatever element of an array.
  case absent
  /// None of the matchers matches.
  case anythingBut([ValueMatcher])

  func matches(_ values: [JSONNode], path: [String], in event: JSONNode) -> Bool {
    switch self {
    case .present: !values.isEmpty
    case .absent: event.leaves(at: path[...]).isEmpty
    default: values.contains { matches($0.value) }
    }
  }

  private func matches(_ value: JSONNode.Value) -> Bool {
    switch (self, value) {
    case (.null, .null): true
    case (.boolean(let expected), .boolean(let value)): value == expected
    case (.number(let expected), .number(let value)): value == expected
    case (.string(let expected), .string(let value)): value == expected
    case (.text(let matcher), .string(let value)): matcher.matches(value)
    case (.numeric(let bounds), .number(let value)): bounds.allSatisfy { $0.holds(for: value) }
    case (.address(let block), .string(let value)): block.contains(value)
    case (.anythingBut(let matchers), _): !matchers.contains { $0.matches(value) }
    default: false
    }
  }
}

/// What a string must be like.
enum TextMatcher: Sendable {
  case prefix(String, ignoresCase: Bool)
  case suffix(String, ignoresCase: Bool)
  case equalsIgnoringCase(String)
  case wildcard(Wildcard)

  func matches(_ text: String) -> Bool {
    switch self {
    case .prefix(let prefix, let ignoresCase):
      folded(text, ignoresCase).starts(with: folded(prefix, ignoresCase))
    case .suffix(let suffix, let ignoresCase):
      folded(text, ignoresCase).reversed().starts(with: folded(suffix, ignoresCase).reversed())
    case .equalsIgnoringCase(let other): folded(text, true) == folded(other, true)
    case .wildcard(let wildcard): wildcard.matches(text)
    }
  }

  private func folded(_ text: String, _ ignoresCase: Bool) -> [UInt8] {
    Array((ignoresCase ? text.lowercased() : text).utf8)
  }
}

/// One comparison of a numeric matcher, such as `<= 5`.
struct NumericBound: Sendable {
  enum Comparison: String, Sendable {
    case equal = "="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }

  let comparison: Comparison
  let value: Double

  func holds(for text: String) -> Bool {
    guard let number = Double(text) else { return false }
    return switch comparison {
    case .equal: number == value
    case .less: number < value
    case .atMost: number <= value
    case .greater: number > value
    case .atLeast: number >= value
    }
  }
}

extension JSONNode {
  /// The values at the end of a path of names.
  func leaves(at path: ArraySlice<String>) -> [JSONNode] {
    guard let name = path.first else { return leaves }
    return objects.flatMap { $0[name]?.leaves(at: path.dropFirst()) ?? [] }
  }
}
