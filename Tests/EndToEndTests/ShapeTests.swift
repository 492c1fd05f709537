// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The fixtures of all shapes: the same five calls, each in the way that some tool hands them out.
enum Shapes {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/shapes").path

  static var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  static func path(_ name: String) -> String { folder + "/" + name }

  /// What `count` makes of the five calls.
  static var counts: String {
    let header =
      "minute,insight_type,recipient_account_id,aws_region,event_category,event_source,"
      + "event_name,error_code,count\n"
    return (0..<5).reduce(header) { text, number in
      text + "2026-03-01T02:00:00Z,ApiCallRateInsight,111122223333,eu-west-1,Management,"
        + "ec2.amazonaws.com,Call\(number),,1\n"
    }
  }
}

extension Shapes {
  /// What is said of events from Event history CSV; nothing of none.
  static func warning(events count: Int) -> String {
    count == 0
      ? ""
      : "trail-insights: \(count) events came from Event history CSV, which usually holds write "
        + "events only: error rates are those of writes\n"
  }
}

/// Every shape through the real binary.
@Suite struct ShapeTests {
  @Test func `there are fixtures`() { #expect(Shapes.names.count >= 34) }

  @Test(arguments: Shapes.names)
  func `each shape gives the same counts, as a file and on standard input`(name: String) throws {
    let file = try Tool.run(["count", Shapes.path(name)])
    #expect(file.status == 0)
    #expect(file.out == Shapes.counts)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Shapes.path(name)))
    let input = try Tool.run(["count", "-"], input: Array(bytes))
    #expect(input.status == 0)
    #expect(input.out == Shapes.counts)
    // Event history is the one shape with a word of warning: it leaves reads out.
    let warning = Shapes.warning(events: name == "eventHistory.csv" ? 5 : 0)
    #expect(file.err == warning)
    #expect(input.err == warning)
  }

  @Test func `all shapes in one folder are one trail`() throws {
    let folder = try TemporaryFolder()
    let run = try Tool.run(["count", "--coverage", "coverage.json", Shapes.folder], in: folder)
    #expect(run.status == 0)
    #expect(run.out == Shapes.counts)
    let coverage = try folder.text("coverage.json")
    #expect(coverage.contains("\"calls\":5,\"duplicates\":\(5 * (Shapes.names.count - 1)),"))
  }

  @Test func `every fault is a row of the table of faults`() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Shapes.path("lines.jsonl")))
    let lines = whole.split(separator: UInt8(ascii: "\n"))
    let damaged = lines[0] + Data("\n{\"eventVersion\":\"1.08\",\u{1}}\n".utf8) + lines[1]
    try folder.write(Array(damaged), to: "a,b.jsonl")
    try folder.write(Array(damaged.prefix(lines[0].count + 9)), to: "c.jsonl")
    for command in [["count"], ["detect"]] {
      let run = try Tool.run(
        command + ["--faults", "faults.csv", "a,b.jsonl", "c.jsonl"], in: folder)
      #expect(run.status == 3)
      let rows = try folder.text("faults.csv").split(separator: "\n")
      #expect(rows.count == 3, "\(rows)")
      #expect(rows.first == "file,offset,skipped_bytes,kind,reason")
      let start = lines[0].count + 1
      #expect(rows.dropFirst().first?.hasPrefix("\"a,b.jsonl\",\(start),") == true)
      #expect(rows.last?.hasPrefix("c.jsonl,\(start),8,truncated_json,") == true)
    }
  }
}
