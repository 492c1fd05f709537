// SPDX-License-Identifier: Apache-2.0
import Store
import Vocabulary

/// Values as bytes and back.
enum Packed {
  static func bytes(_ value: some Encodable) -> [UInt8] {
    do {
      return try BinaryEncoder().encode(value)
    } catch {
      preconditionFailure("what a state keeps can be encoded: \(error)")
    }
  }

  static func value<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
    try? BinaryDecoder().decode(type, from: bytes)
  }
}

extension SeriesKey {
  /// The key under which a state file keeps a series.
  var storedBytes: [UInt8] { Packed.bytes(self) }
}
