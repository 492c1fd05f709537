// SPDX-License-Identifier: Apache-2.0

/// Turns the bytes of `BinaryEncoder` into values again.
///
/// Any bytes may be given: lengths are held against what is left, nesting against a limit, so
/// nothing traps, and memory stays in proportion to the bytes.
public struct BinaryDecoder {
  /// Creates a decoder.
  public init() {}

  /// Returns the value whose bytes these are.
  ///
  /// - Throws: `DecodingError`, where they are none of such a value, or more than one's.
  /// - Complexity: O(n) in the bytes.
  public func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(DecodingError) -> Value {
    let source = ByteSource(bytes)
    do {
      let value = try source.decode(type)
      guard source.remaining == 0 else { throw source.damage("bytes behind the end") }
      return value
    } catch let error as DecodingError {
      throw error
    } catch {
      throw source.damage("a type refused its fields", error)
    }
  }
}
