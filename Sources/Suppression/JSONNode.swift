// SPDX-License-Identifier: Apache-2.0

/// A JSON value and the place where it begins, so that an error in it can be found.
struct JSONNode {
  enum Value {
    case null
    case boolean(Bool)
    /// As it is written: `300`, `300.0` and `3e2` are three texts, as EventBridge has it.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  struct Member {
    let name: String
    /// Where the name begins.
    let offset: Int
    let node: JSONNode
  }

  let value: Value
  /// Bytes before it.
  let offset: Int

  /// The members of an object, of equal names the last; `nil` for what is no object.
  var members: [Member]? {
    guard case .object(let members) = value else { return nil }
    return members.enumerated().filter { index, member in
      !members[(index + 1)...].contains { $0.name == member.name }
    }.map(\.element)
  }

  /// The elements of an array; `nil` for what is none.
  var elements: [JSONNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  /// The text of a string; `nil` for what is none.
  var text: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The value under a name, the last of several; `nil` where there is none.
  subscript(_ name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.last { $0.name == name }?.node
  }

  /// The values that are neither object nor array, in it or in arrays in it.
  var leaves: [JSONNode] {
    switch value {
    case .object: []
    case .array(let elements): elements.flatMap(\.leaves)
    default: [self]
    }
  }

  /// The objects in it: itself, or those in arrays.
  var objects: [JSONNode] {
    switch value {
    case .object: [self]
    case .array(let elements): elements.flatMap(\.objects)
    default: []
    }
  }
}
