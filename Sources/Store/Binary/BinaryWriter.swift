// SPDX-License-Identifier: Apache-2.0

/// Codable's side of a `ByteSink`: fields go where they are named, in the order of naming.
struct BinaryWriter: Encoder {
  let sink: ByteSink
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedWriter<Key>(sink: sink))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { UnkeyedWriter(sink: sink) }

  func singleValueContainer() -> any SingleValueEncodingContainer { ValueWriter(sink: sink) }
}

/// A list whose length shows only at its end.
struct UnkeyedWriter: UnkeyedEncodingContainer {
  let sink: ByteSink
  private let countOffset: Int
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(sink: ByteSink) {
    self.sink = sink
    countOffset = sink.bytes.count
    sink.append(0 as UInt32)
  }

  mutating func encode<T: Encodable>(_ value: T) throws {
    try sink.encodeElement(value)
    count += 1
    try sink.setCount(count, at: countOffset)
  }

  mutating func encodeNil() throws {
    throw sink.refusal(of: count, "nil without an optional")
  }

  /// What comes into the container is not known yet, so it gets its byte first.
  private mutating func begin() -> ByteSink {
    sink.bytes.append(0)
    count += 1
    precondition(count <= UInt32.max, "a list is too long")
    try? sink.setCount(count, at: countOffset)
    return sink
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(KeyedWriter<Nested>(sink: begin()))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    UnkeyedWriter(sink: begin())
  }

  mutating func superEncoder() -> any Encoder { BinaryWriter(sink: begin()) }
}

/// A value that stands for another, such as a raw-value enum.
private struct ValueWriter: SingleValueEncodingContainer {
  let sink: ByteSink
  var codingPath: [any CodingKey] { [] }

  mutating func encode<T: Encodable>(_ value: T) throws { try sink.encode(value) }

  mutating func encodeNil() throws {
    throw sink.refusal(of: Any?.none as Any, "nil without an optional")
  }
}
