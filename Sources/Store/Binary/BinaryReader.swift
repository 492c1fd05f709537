// SPDX-License-Identifier: Apache-2.0

/// Codable's side of a `ByteSource`: fields come in the order in which they are asked for.
struct BinaryReader: Decoder {
  let source: ByteSource
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedReader<Key>(source: source))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try UnkeyedReader(source: source)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ValueReader(source: source) }
}

struct UnkeyedReader: UnkeyedDecodingContainer {
  let source: ByteSource
  let count: Int?
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var isAtEnd: Bool { currentIndex >= count ?? 0 }

  init(source: ByteSource) throws {
    self.source = source
    count = try source.count()
  }

  private mutating func advance() throws {
    guard !isAtEnd else { throw source.damage("fewer elements than asked for") }
    currentIndex += 1
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try advance()
    return try source.decodeElement(type)
  }

  mutating func decodeNil() -> Bool { false }

  private mutating func begin() throws -> ByteSource {
    try advance()
    try source.skipByte()
    return source
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(KeyedReader<Nested>(source: try begin()))
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try UnkeyedReader(source: begin())
  }

  mutating func superDecoder() throws -> any Decoder { BinaryReader(source: try begin()) }
}

private struct ValueReader: SingleValueDecodingContainer {
  let source: ByteSource
  var codingPath: [any CodingKey] { [] }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try source.decode(type) }
  func decodeNil() -> Bool { false }
}
