// SPDX-License-Identifier: Apache-2.0

/// Fields of a struct, or the one case of an enum.
struct KeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: ByteSource
  var codingPath: [any CodingKey] { [] }

  /// The case of an enum with associated values; for anything else it means nothing.
  var allKeys: [Key] {
    guard let name = source.peekedString(), let key = Key(stringValue: name) else { return [] }
    return [key]
  }

  func contains(_ key: Key) -> Bool { source.remaining > 0 }

  // A generic method stands for the requirements of all types that it gives.
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try source.decode(type)
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try T?.read(from: source)
  }

  // Without these, a number would pass through a lookup of its type, at many times the cost.
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try .read(from: source) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try .read(from: source) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try .read(from: source) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try .read(from: source) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try .read(from: source) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try .read(from: source) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try .read(from: source) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try .read(from: source) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try .read(from: source) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try .read(from: source) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try .read(from: source) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try .read(from: source) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try .read(from: source) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try .read(from: source) }

  // Here it does not: the library's own, which look for the key first, would be nearer.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try Bool?.read(from: source)
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try String?.read(from: source)
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try Double?.read(from: source)
  }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try Float?.read(from: source)
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try Int?.read(from: source)
  }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try Int8?.read(from: source)
  }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try Int16?.read(from: source)
  }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try Int32?.read(from: source)
  }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try Int64?.read(from: source)
  }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    try UInt?.read(from: source)
  }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try UInt8?.read(from: source)
  }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try UInt16?.read(from: source)
  }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try UInt32?.read(from: source)
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try UInt64?.read(from: source)
  }

  func decodeNil(forKey key: Key) -> Bool { false }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    guard try String.read(from: source) == key.stringValue else {
      throw source.damage("another case than \(key.stringValue)")
    }
    return KeyedDecodingContainer(KeyedReader<Nested>(source: source))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try UnkeyedReader(source: source)
  }

  func superDecoder() -> any Decoder { BinaryReader(source: source) }
  func superDecoder(forKey key: Key) -> any Decoder { BinaryReader(source: source) }
}
