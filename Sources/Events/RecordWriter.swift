// SPDX-License-Identifier: Apache-2.0

/// Writes the cells of a table's row as the JSON of a record, so that it is read like one.
enum RecordWriter {
  static func json(
    _ fields: [(String, String)], identity: [(String, String)]
  ) -> [UInt8] {
    var bytes = object(fields)
    guard !identity.isEmpty else { return bytes }
    bytes.removeLast()
    if !fields.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes += Array("\"userIdentity\":".utf8) + object(identity)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static func object(_ pairs: [(String, String)]) -> [UInt8] {
    var bytes = [UInt8(ascii: "{")]
    for (index, (name, value)) in pairs.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(byte < 32 ? 32 : byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
