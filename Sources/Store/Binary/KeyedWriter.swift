// SPDX-License-Identifier: Apache-2.0

/// Fields of a struct, or the one case of an enum.
struct KeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: ByteSink
  var codingPath: [any CodingKey] { [] }

  // A generic method stands for the requirements of all types that it takes.
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try sink.encode(value)
  }

  mutating func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
    try value.write(to: sink)
  }

  // Without these, a number would pass through a lookup of its type, at many times the cost.
  mutating func encode(_ value: Bool, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: String, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Double, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Float, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Int, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Int8, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Int16, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Int32, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: Int64, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: UInt, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: UInt8, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: UInt16, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: UInt32, forKey key: Key) throws { value.write(to: sink) }
  mutating func encode(_ value: UInt64, forKey key: Key) throws { value.write(to: sink) }

  // Here it does not: the library's own, which write nothing for nil, would be nearer.
  mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws {
    try value.write(to: sink)
  }
  mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws {
    try value.write(to: sink)
  }

  mutating func encodeNil(forKey key: Key) throws {
    throw sink.refusal(of: key, "nil without an optional")
  }

  /// The compiler asks for this in one place: an enum with associated values, under its case.
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    key.stringValue.write(to: sink)
    return KeyedEncodingContainer(KeyedWriter<Nested>(sink: sink))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    UnkeyedWriter(sink: sink)
  }

  mutating func superEncoder() -> any Encoder { BinaryWriter(sink: sink) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { BinaryWriter(sink: sink) }
}
