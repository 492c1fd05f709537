// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing
import Vocabulary

@Suite("Damage loses only what it hits")
struct DamageTests {
  static let lines = numbered(5).map { json($0) }

  @Test(
    "Nothing, blanks, text and other JSON",
    arguments: [
      ("", Fault.Kind.emptyFile), (" \n\t ", .emptyFile), ("\u{FEFF}", .emptyFile),
      ("hello\nworld\n", .notTrailData), ("{\"a\":1}", .notTrailData), ("[1,2,3]", .notTrailData),
      ("{\"a\":1}\n{\"b\":2}\n", .notTrailData), ("\0\0\0\0", .notTrailData),
      ("null", .notTrailData),
      ("{\"a\":", .notTrailData), ("<html><a href=\"{\"x\"}\"></html>", .notTrailData),
      (String(repeating: "[", count: 100_000), .notTrailData),
      (String(repeating: "{\"a\":", count: 100_000), .notTrailData),
      (String(repeating: "{\"", count: 100_000), .notTrailData),
    ])
  func noTrailData(text: String, kind: Fault.Kind) {
    let decoded = Decoded(text)
    #expect(decoded.faultKinds == [kind])
    #expect(decoded.batch.faults.first?.skippedBytes == (kind == .emptyFile ? 0 : text.utf8.count))
  }

  @Test("An empty list of records is no fault", arguments: ["{\"Records\":[]}", "{\"Events\":[]}"])
  func noRecords(text: String) {
    #expect(Decoded(text).batch.faults.isEmpty)
  }

  @Test(
    "Garbage between records is skipped",
    arguments: [
      "garbage", "\"", "}", "{", "\0\0\0", "{\"a\":", "\\\"", "[[[", "{\"eventName\":\"", ":::",
      "]}",
    ])
  func garbage(_ garbage: String) {
    for separator in ["\n", ","] {
      let text =
        Self.lines[..<3].joined(separator: separator) + separator + garbage + separator
        + Self.lines[3...].joined(separator: separator)
      let decoded = Decoded(separator == "," ? "{\"Records\":[" + text + "]}" : text)
      #expect(decoded.names == ["Call0", "Call1", "Call2", "Call3", "Call4"], "\(separator)")
      #expect(decoded.batch.faults.count == 1)
    }
  }

  @Test("A document cut anywhere keeps the records before the cut")
  func cutAnywhere() {
    let text = Array("{\"Records\":[\(Self.lines.joined(separator: ","))]}".utf8)
    for length in 1..<text.count {
      let decoded = Decoded(bytes: Array(text[..<length]))
      let whole = (length - 12 + 1) / (Self.lines[0].utf8.count + 1)
      #expect(decoded.rows.count == max(0, whole), "cut at \(length)")
      #expect(decoded.batch.faults.count == 1, "cut at \(length)")
      let fault = decoded.batch.faults.first
      #expect(fault.map { $0.offset + $0.skippedBytes } == length, "cut at \(length)")
    }
  }

  @Test("A line cut in the middle does not take the next with it")
  func cutLine() {
    for length in 1..<Self.lines[1].utf8.count {
      let cut = String(decoding: Self.lines[1].utf8.prefix(length), as: UTF8.self)
      let decoded = Decoded(
        [Self.lines[0], cut, Self.lines[2], Self.lines[3]].joined(separator: "\n"))
      #expect(decoded.names == ["Call0", "Call2", "Call3"], "cut at \(length)")
    }
  }

  @Test("A record that is not UTF-8 is read and told")
  func invalidUTF8() {
    var bytes = Array((Self.lines[0] + "\n").utf8)
    bytes += Array(Self.lines[1].utf8).map { $0 == UInt8(ascii: "/") ? 0xFF : $0 }
    bytes += Array(("\n" + Self.lines[2]).utf8)
    let decoded = Decoded(bytes: bytes)
    #expect(decoded.rows.count == 3 && decoded.faultKinds == [.invalidUTF8])
    #expect(decoded.rows.count > 1 && decoded.rows[1].userAgent == "aws-cli\u{FFFD}2.15")
  }

  @Test("NUL bytes in a string and between records lose nothing else")
  func nulBytes() {
    let inString = Self.lines[1].replacing("ami-0", with: "ami\0-0")
    let decoded = Decoded(Self.lines[0] + "\n" + inString + "\n\0\0\0\n" + Self.lines[2])
    #expect(decoded.names == ["Call0", "Call1", "Call2"])
  }

  @Test("Faults beyond the limit are counted, not kept")
  func manyFaults() {
    let bad = json(record(["eventTime": nil as Any?]))
    let decoded = Decoded(Array(repeating: bad, count: 1500).joined(separator: "\n"))
    #expect(decoded.batch.faults.count == 1000)
    #expect(decoded.batch.omittedFaults == ["missing_event_time": 500])
  }
}
