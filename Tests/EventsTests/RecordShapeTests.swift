// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

@Suite("Whole records in any arrangement")
struct RecordShapeTests {
  static var records: [[String: Any]] { numbered(7) }
  static let lines = records.map { json($0) }
  static let arrangements: [(String, String)] = [
    ("log file", json(["Records": records])),
    ("log file, pretty", json(["Records": records], pretty: true)),
    ("array", json(records)),
    ("array, pretty", json(records, pretty: true)),
    ("lines", lines.joined(separator: "\n") + "\n"),
    ("lines, CRLF", lines.joined(separator: "\r\n")),
    ("without separators", lines.joined()),
    ("pretty values", records.map { json($0, pretty: true) }.joined(separator: "\n\n")),
    (
      "files pasted",
      json(["Records": Array(records[..<3])]) + json(["Records": Array(records[3...])])
    ),
    ("byte order mark", "\u{FEFF}" + json(["Records": records])),
    (
      "mixture",
      lines[0] + "\n" + json(Array(records[1...4])) + json(["Records": Array(records[5...])])
    ),
  ]

  @Test("The same records are read", arguments: arrangements)
  func sameRecords(name: String, text: String) {
    let decoded = Decoded(text)
    #expect(decoded.rows == Self.records.compactMap { oracleRow($0, account: nil) })
    #expect(decoded.batch.faults.isEmpty)
    #expect(decoded.batch.recordCount == 7)
  }

  @Test("A value that spans many windows of the walker is read", arguments: [10, 2000, 3_000_000])
  func hugeString(length: Int) {
    let long = String(repeating: "x\\\"{", count: length)
    let records = [
      record(), record(["requestParameters": ["huge": long], "userAgent": long]), record(),
    ]
    let decoded = Decoded(json(["Records": records]))
    #expect(decoded.names == ["RunInstances", "RunInstances", "RunInstances"])
    #expect(decoded.rows[1].userAgent.utf8.count == min(4 * length, SymbolTable.textLimit))
    #expect(decoded.batch.faults.isEmpty)
  }

  @Test("Sixty megabytes in one document are read")
  func largeDocument() {
    let one = json(record(["requestParameters": ["pad": String(repeating: "p", count: 20_000)]]))
    let text = "{\"Records\":[" + Array(repeating: one, count: 3000).joined(separator: ",") + "]}"
    let decoded = Decoded(text)
    #expect(decoded.batch.recordCount == 3000)
    #expect(decoded.batch.faults.isEmpty)
  }

  @Test("Depth within a field does not matter")
  func deepNesting() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let one = json(record(["requestParameters": "@"])).replacing("\"@\"", with: deep)
    let decoded = Decoded(json(record()) + one + json(record()))
    #expect(decoded.rows.count == 3)
  }

  @Test("Escapes and surrogates stand for their characters")
  func escapes() {
    let text = json(record()).replacing(
      "aws-cli/2.15", with: #"\u0041\/\"\\\n\ud83d\ude00\ud800x\u00e9"#)
    #expect(Decoded(text).rows.first?.userAgent == "A/\"\\\n😀\u{FFFD}xé")
  }

  @Test("A long text is cut on a character's boundary")
  func longText() {
    let decoded = Decoded(json(record(["userAgent": "a" + String(repeating: "é", count: 2000)])))
    #expect(decoded.rows.first?.userAgent.utf8.count == 1023)
  }
}
