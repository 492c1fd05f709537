// SPDX-License-Identifier: Apache-2.0

/// Turns the JSON of an event pattern into conditions, or says what is wrong with it and where.
struct PatternCompiler {
  typealias Failure = JSONParser.Failure

  /// Words that are operators, and so no names of fields inside `$or`.
  static let operators = [
    "exists", "prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric",
    "cidr",
  ]
  static let mostCombinations = 1000

  private var combinations = 1

  static func compile(_ node: JSONNode) throws(Failure) -> EventPattern {
    var compiler = PatternCompiler()
    return try compiler.pattern(node, path: [])
  }

  private mutating func pattern(
    _ node: JSONNode, path: [String]
  ) throws(Failure) -> EventPattern {
    guard let members = node.members else {
      throw Failure(offset: node.offset, reason: "a pattern is an object")
    }
    guard !members.isEmpty else {
      throw Failure(offset: node.offset, reason: "a pattern must name a field")
    }
    var conditions: [EventPattern.Condition] = []
    for member in members { conditions.append(try condition(member, path: path)) }
    return EventPattern(conditions: conditions)
  }

  private mutating func condition(
    _ member: JSONNode.Member, path: [String]
  ) throws(Failure) -> EventPattern.Condition {
    if member.name == "$or", let alternatives = Self.alternatives(member.node) {
      combinations *= alternatives.count
      guard combinations <= Self.mostCombinations else {
        let reason = "all $or together make more than \(Self.mostCombinations) combinations"
        throw Failure(offset: member.offset, reason: reason)
      }
      var patterns: [EventPattern] = []
      for alternative in alternatives { patterns.append(try pattern(alternative, path: path)) }
      return .either(patterns)
    }
    let path = path + [member.name]
    guard let elements = member.node.elements else {
      guard member.node.members != nil else {
        let reason = "the value of a field is an array of what it may be, or an object"
        throw Failure(offset: member.node.offset, reason: reason)
      }
      return .nested(name: member.name, try pattern(member.node, path: path))
    }
    guard !elements.isEmpty else {
      throw Failure(offset: member.node.offset, reason: "an empty array matches nothing")
    }
    var matchers: [ValueMatcher] = []
    for element in elements { matchers.append(try matcher(element)) }
    return .leaf(name: member.name, path: path, matchers: matchers)
  }

  /// The objects of a true `$or`; `nil` where the name is a field like any.
  private static func alternatives(_ node: JSONNode) -> [JSONNode]? {
    guard let elements = node.elements, elements.count > 1 else { return nil }
    let isOr = elements.allSatisfy { element in
      element.members.map { members in !members.contains { operators.contains($0.name) } } ?? false
    }
    return isOr ? elements : nil
  }

  // MARK: Matchers

  private func matcher(_ node: JSONNode) throws(Failure) -> ValueMatcher {
    switch node.value {
    case .null: return .null
    case .boolean(let value): return .boolean(value)
    case .number(let text): return .number(text)
    case .string(let text): return .string(text)
    case .array: throw Failure(offset: node.offset, reason: "an array must not stand in another")
    case .object: return try operatorMatcher(node)
    }
  }

  private func operatorMatcher(_ node: JSONNode) throws(Failure) -> ValueMatcher {
    guard let members = node.members, let member = members.first, members.count == 1 else {
      throw Failure(offset: node.offset, reason: "an operator stands alone in its object")
    }
    let operand = member.node
    switch member.name {
    case "exists":
      guard case .boolean(let isThere) = operand.value else {
        throw Failure(offset: operand.offset, reason: "exists takes true or false")
      }
      return isThere ? .present : .absent
    case "anything-but": return .anythingBut(try exceptions(operand))
    case "numeric": return .numeric(try bounds(operand))
    case "cidr":
      guard let block = operand.text.flatMap({ AddressBlock($0) }) else {
        throw Failure(offset: operand.offset, reason: "cidr takes a block as in \"10.0.0.0/8\"")
      }
      return .address(block)
    default: return .text(try textMatcher(member))
    }
  }

  private func textMatcher(_ member: JSONNode.Member) throws(Failure) -> TextMatcher {
    let operand = member.node
    switch member.name {
    case "prefix", "suffix":
      let (text, ignoresCase) = try affix(member)
      return member.name == "prefix"
        ? .prefix(text, ignoresCase: ignoresCase) : .suffix(text, ignoresCase: ignoresCase)
    case "equals-ignore-case": return .equalsIgnoringCase(try text(operand, of: member.name))
    case "wildcard":
      switch Wildcard.parse(try text(operand, of: member.name)) {
      case .success(let wildcard): return .wildcard(wildcard)
      case .failure(let reason): throw Failure(offset: operand.offset, reason: reason.text)
      }
    default:
      let known = Self.operators.joined(separator: ", ")
      throw Failure(
        offset: member.offset, reason: "there is no operator \"\(member.name)\"; there are \(known)"
      )
    }
  }

  /// A text, or `{"equals-ignore-case": text}`.
  private func affix(_ member: JSONNode.Member) throws(Failure) -> (String, Bool) {
    let operand = member.node
    guard let members = operand.members, members.count == 1,
      members[0].name == "equals-ignore-case"
    else { return (try text(operand, of: member.name), false) }
    return (try text(members[0].node, of: "equals-ignore-case"), true)
  }

  private func text(_ node: JSONNode, of name: String) throws(Failure) -> String {
    guard let text = node.text, !text.isEmpty else {
      throw Failure(offset: node.offset, reason: "\(name) takes a string that is not empty")
    }
    return text
  }
}

// MARK: - Operators with more than one value

extension PatternCompiler {
  /// A value, several of one kind, or an operator on strings with one or several.
  private func exceptions(_ node: JSONNode) throws(Failure) -> [ValueMatcher] {
    if let member = node.members?.first, node.members?.count == 1,
      ["prefix", "suffix", "equals-ignore-case", "wildcard"].contains(member.name)
    {
      var matchers: [ValueMatcher] = []
      for operand in member.node.elements ?? [member.node] {
        let single = JSONNode.Member(name: member.name, offset: member.offset, node: operand)
        matchers.append(.text(try textMatcher(single)))
      }
      return try some(matchers, of: node)
    }
    var matchers: [ValueMatcher] = []
    for element in node.elements ?? [node] {
      switch element.value {
      case .string(let text): matchers.append(.string(text))
      case .number(let text): matchers.append(.number(text))
      default:
        let reason =
          "anything-but takes strings, numbers, or prefix, suffix, equals-ignore-case "
          + "or wildcard"
        throw Failure(offset: element.offset, reason: reason)
      }
      guard matchers.first?.isNumber == matchers.last?.isNumber else {
        throw Failure(
          offset: element.offset, reason: "anything-but takes strings or numbers, not both")
      }
    }
    return try some(matchers, of: node)
  }

  private func some(
    _ matchers: [ValueMatcher], of node: JSONNode
  ) throws(Failure) -> [ValueMatcher] {
    guard !matchers.isEmpty else {
      throw Failure(offset: node.offset, reason: "anything-but takes at least one value")
    }
    return matchers
  }

  /// `[">", 0, "<=", 5]`: one comparison, or a lower and then an upper one.
  private func bounds(_ node: JSONNode) throws(Failure) -> [NumericBound] {
    let wrong = Failure(
      offset: node.offset,
      reason: "numeric takes one comparison as in [\">\", 5] or a range as in [\">\", 0, \"<=\", 5]"
    )
    guard let elements = node.elements, elements.count == 2 || elements.count == 4 else {
      throw wrong
    }
    var bounds: [NumericBound] = []
    for index in stride(from: 0, to: elements.count, by: 2) {
      guard let comparison = elements[index].text.flatMap(NumericBound.Comparison.init),
        case .number(let text) = elements[index + 1].value, let value = Double(text)
      else { throw wrong }
      bounds.append(NumericBound(comparison: comparison, value: value))
    }
    guard bounds.count == 2 else { return bounds }
    guard bounds[0].comparison == .greater || bounds[0].comparison == .atLeast,
      bounds[1].comparison == .less || bounds[1].comparison == .atMost,
      bounds[0].value < bounds[1].value
    else { throw wrong }
    return bounds
  }
}

extension ValueMatcher {
  fileprivate var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}
