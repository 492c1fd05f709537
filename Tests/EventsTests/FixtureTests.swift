// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// One file per shape lies in `Tests/Fixtures/shapes`, the seeds of fuzzing and of end-to-end runs.
@Suite("One file per shape")
struct FixtureTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/shapes")
  static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] != nil

  static var contents: [(name: String, bytes: [UInt8])] {
    let records = numbered(5)
    let shapes = WrappedShape.allCases.map { shape in
      (shape.rawValue + (shape.rawValue.hasPrefix("tail") ? ".txt" : ".json"), shape.text(records))
    }
    let plain = [
      ("logFile.json", json(["Records": records])), ("array.json", json(records)),
      ("lines.jsonl", records.map { json($0) }.joined(separator: "\n") + "\n"),
      ("concatenated.json", records.map { json($0) }.joined()),
      ("lake.csv", lakeCSV(records)), ("eventHistory.csv", historyCSV(records)),
      ("athena.csv", athenaCSV(records)),
    ]
    let gzip = Gzip.bytes(json(["Records": records]))
    return (shapes + plain).map { ($0.0, Array($0.1.utf8)) } + [("logFile.json.gz", gzip)]
  }

  private static func lakeCSV(_ records: [[String: Any]]) -> String {
    let rows = records.map { "x,\"" + json($0).replacing("\"", with: "\"\"") + "\"\n" }
    return "eventID,eventJson\n" + rows.joined()
  }

  private static func historyCSV(_ records: [[String: Any]]) -> String {
    let rows = records.map { record in
      func cell(_ key: String) -> String { record[key] as? String ?? "" }
      return "session,ASIAEXAMPLE,\(cell("eventTime")),\(cell("eventSource")),"
        + "\(cell("eventName")),\(cell("awsRegion")),\(cell("sourceIPAddress")),"
        + "\(cell("userAgent")),,[],r-1,\(cell("eventID")),false,AwsApiCall,111122223333,Management\n"
    }
    return TableTests.historyHeader + rows.joined()
  }

  private static func athenaCSV(_ records: [[String: Any]]) -> String {
    let columns = [
      "eventversion", "useridentity", "eventtime", "eventsource", "eventname", "awsregion",
      "sourceipaddress", "useragent", "eventid", "readonly", "recipientaccountid", "eventcategory",
    ]
    let rows = records.map { record in
      let cells = columns.map { column in
        let field = record.first { $0.key.lowercased() == column }?.value
        return field as? String ?? (column == "readonly" ? "false" : presto(field))
      }
      return cells.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    return columns.map { "\"\($0)\"" }.joined(separator: ",") + "\n" + rows.joined()
  }

  /// An identity as Presto prints a row.
  private static func presto(_ identity: Any?) -> String {
    let pairs = (identity as? [String: String] ?? [:]).sorted { $0.key < $1.key }
    return "{" + pairs.map { "\($0.key.lowercased())=\($0.value)" }.joined(separator: ", ") + "}"
  }

  @Test("The files are what the tests make, and hold the same events")
  func files() throws {
    for (name, bytes) in Self.contents {
      let file = Self.folder.appendingPathComponent(name)
      if Self.isRecording { try Data(bytes).write(to: file) }
      #expect(try Array(Data(contentsOf: file)) == bytes, "\(name)")
      guard !name.hasSuffix(".gz") else { continue }
      #expect(
        Decoded(bytes: bytes).names == ["Call0", "Call1", "Call2", "Call3", "Call4"], "\(name)")
    }
    #expect(
      !Self.isRecording, "the fixtures were written; look at them, then run without recording")
  }
}
