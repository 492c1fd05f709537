// SPDX-License-Identifier: Apache-2.0

/// Turns values into compact bytes: fields one after the other, without their names.
///
///     let bytes = try BinaryEncoder().encode(["a": [1.5, -2]])
///     let again = try BinaryDecoder().decode([String: [Double]].self, from: bytes)
///
/// | value | bytes |
/// |---|---|
/// | `Bool`, `UInt8`, `Int8` | one |
/// | other integers | 7 bits a byte, lowest first; signed ones zigzagged, so that -1 is short |
/// | `Float`, `Double` | their bits, lowest byte first: nothing is rounded |
/// | `String` | how many bytes, then UTF-8 |
/// | optional | 0, or 1 and the value |
/// | array, set | how many (four bytes), then each; one that has no bytes of its own gets a 0 |
/// | dictionary | how many (four bytes), then each key and value |
/// | raw-value enum | its raw value |
/// | enum with associated values | the name of its case, then the values |
///
/// Sets and dictionaries are in the order of their keys' bytes, so equal values have equal bytes.
///
/// Why: property lists and JSON name every field of every element and print numbers; a memory of a
/// series would be many times as large. The price is that a type must decode its fields in the
/// order in which it encodes them, as the compiler's own code does, and that a changed type cannot
/// read old bytes: keep a version beside them.
///
/// Not supported: hand-written `encode` that leaves out fields or writes `nil` by itself instead of
/// an optional (an error), 128-bit integers (an error).
public struct BinaryEncoder {
  /// How deep values may be nested.
  static let deepestNesting = 128

  /// Creates an encoder.
  public init() {}

  /// Returns the bytes of a value.
  ///
  /// - Throws: `EncodingError`, where the value refuses or is nested more than 128 deep.
  /// - Complexity: O(n) in the bytes.
  public func encode<Value: Encodable>(_ value: Value) throws(EncodingError) -> [UInt8] {
    let sink = ByteSink()
    do {
      try sink.encode(value)
    } catch let error as EncodingError {
      throw error
    } catch {
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "refused", underlyingError: error))
    }
    return sink.bytes
  }
}
