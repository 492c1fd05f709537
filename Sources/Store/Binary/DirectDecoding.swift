// SPDX-License-Identifier: Apache-2.0

extension Bool: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> Bool {
    switch try source.byte() {
    case 0: false
    case 1: true
    default: throw source.damage("neither true nor false")
    }
  }
}

extension UInt8: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> UInt8 { try source.byte() }
}

extension Int8: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> Int8 { Int8(bitPattern: try source.byte()) }
}

extension Float: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> Float {
    Float(bitPattern: try source.uint32())
  }
}

extension Double: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> Double {
    Double(bitPattern: try source.uint64())
  }
}

extension String: DirectlyDecodable {
  static func read(from source: ByteSource) throws -> String {
    let count = Int(clamping: try source.varint())
    guard let text = String(validating: try source.take(count), as: UTF8.self) else {
      throw source.damage("a text that is no UTF-8")
    }
    return text
  }
}

extension ByteSource {
  /// The text that comes next, if one does, without moving on.
  func peekedString() -> String? {
    let ahead = ByteSource(bytes, at: position)
    return try? String.read(from: ahead)
  }
}

// MARK: Integers of several bytes

extension FixedWidthInteger {
  /// A number that was read, where it fits.
  fileprivate init(_ value: some BinaryInteger, from source: ByteSource) throws {
    guard let fitting = Self(exactly: value) else {
      throw source.damage("a number too large for its type")
    }
    self = fitting
  }
}

protocol VarintDecodable: DirectlyDecodable, UnsignedInteger, FixedWidthInteger {}

extension VarintDecodable {
  static func read(from source: ByteSource) throws -> Self {
    try Self(source.varint(), from: source)
  }
}

extension UInt: VarintDecodable {}
extension UInt16: VarintDecodable {}
extension UInt32: VarintDecodable {}
extension UInt64: VarintDecodable {}

protocol ZigzagDecodable: DirectlyDecodable, SignedInteger, FixedWidthInteger {}

extension ZigzagDecodable {
  static func read(from source: ByteSource) throws -> Self {
    try Self(source.zigzag(), from: source)
  }
}

extension Int: ZigzagDecodable {}
extension Int16: ZigzagDecodable {}
extension Int32: ZigzagDecodable {}
extension Int64: ZigzagDecodable {}

// MARK: Collections

extension Optional: DirectlyDecodable where Wrapped: Decodable {
  static func read(from source: ByteSource) throws -> Wrapped? {
    try Bool.read(from: source) ? source.decode(Wrapped.self) : nil
  }
}

extension Array: DirectlyDecodable where Element: Decodable {
  static func read(from source: ByteSource) throws -> [Element] {
    if Element.self == Float.self, let floats = try source.floats() as Any as? [Element] {
      return floats
    } else if Element.self == Double.self,
      let doubles = try source.doubles() as Any as? [Element]
    {
      return doubles
    } else if Element.self == Int.self, let integers = try source.integers() as Any as? [Element] {
      return integers
    } else if Element.self == UInt8.self,
      let bytes = try Array<UInt8>(source.take(source.count())) as Any as? [Element]
    {
      return bytes
    }
    // No room is made ahead: an element may take many times the memory of its bytes.
    var elements: [Element] = []
    for _ in 0..<(try source.count()) {
      elements.append(try source.decodeElement(Element.self))
    }
    return elements
  }
}

extension Set: DirectlyDecodable where Element: Decodable {
  static func read(from source: ByteSource) throws -> Set<Element> {
    var elements: Set<Element> = []
    for _ in 0..<(try source.count()) {
      guard elements.insert(try source.decodeElement(Element.self)).inserted else {
        throw source.damage("an element twice in a set")
      }
    }
    return elements
  }
}

extension Dictionary: DirectlyDecodable where Key: Decodable, Value: Decodable {
  static func read(from source: ByteSource) throws -> [Key: Value] {
    var entries: [Key: Value] = [:]
    for _ in 0..<(try source.count()) {
      let key = try source.decodeElement(Key.self)
      guard entries.updateValue(try source.decode(Value.self), forKey: key) == nil else {
        throw source.damage("a key twice in a dictionary")
      }
    }
    return entries
  }
}
