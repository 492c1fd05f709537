// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Aggregated records through the real binary: counts of five minutes, not calls.
@Suite struct AggregatedTests {
  /// A record of five minutes, the given number after midnight of a day in March 2026.
  private func record(
    _ window: Int, day: Int = 1, _ statistics: [(String, Int)], dimension: String = "eventName"
  ) -> String {
    func time(_ window: Int) -> String {
      String(format: "2026-03-%02dT%02d:%02d:00Z", day, window / 12, window % 12 * 5)
    }
    let cells = statistics.map { "{\"name\":\"\($0.0)\",\"value\":\($0.1)}" }
    let id = String(format: "%08x-0000-4000-8000-%012x", dimension.utf8.count, day * 1000 + window)
    return """
      {"eventVersion":"1.0","accountId":"111122223333","eventId":"\(id)",\
      "eventCategory":"Aggregated","eventType":"AwsAggregatedEvent","awsRegion":"eu-west-1",\
      "eventSource":"s3.amazonaws.com","timeWindow":{"windowStart":"\(time(window))",\
      "windowEnd":"\(time(window + 1))","windowSize":"PT5M"},"summary":{"primaryDimension":\
      {"dimension":"\(dimension)","statistics":[\(cells.joined(separator: ","))],\
      "aggregationType":"Count"},"details":[{"dimension":"resourceARN","statistics":\
      [{"name":"arn:aws:s3:::bucket","value":5}],"aggregationType":"Count"}]}}
      """
  }

  private func file(_ records: [String]) -> [UInt8] {
    Array(("{\"Records\":[" + records.joined(separator: ",") + "]}").utf8)
  }

  private let prefix = ",ApiCallRateInsight,111122223333,eu-west-1,"

  @Test func `summaries are counted in series of their own, each once, when asked for`() throws {
    let folder = try TemporaryFolder()
    let call = """
      {"eventVersion":"1.11","eventTime":"2026-03-01T02:00:09Z","eventSource":"s3.amazonaws.com",\
      "eventName":"PutObject","awsRegion":"eu-west-1","eventID":"e","readOnly":false,\
      "managementEvent":false,"eventCategory":"Data","recipientAccountId":"111122223333"}
      """
    let records = [
      record(24, [("PutObject", 7), ("GetObject", 3)]),
      record(24, [("arn:aws:s3:::bucket", 10)], dimension: "resourceARN"), call,
    ]
    try folder.write(file(records), to: "a.json")
    try folder.write(file(records), to: "b.json")
    let run = try Tool.run(
      ["count", "--aggregated", "--coverage", "c.json", "a.json", "b.json"], in: folder)
    #expect(run.status == 0 && run.err.isEmpty)
    let rows = run.out.split(separator: "\n").dropFirst().map(String.init)
    let put = [2, 2, 1, 1, 1].enumerated().map { minute, count in
      "2026-03-01T02:0\(minute):00Z\(prefix)Aggregated,s3.amazonaws.com,PutObject,,\(count)"
    }
    let get = (0..<3).map {
      "2026-03-01T02:0\($0):00Z\(prefix)Aggregated,s3.amazonaws.com,GetObject,,1"
    }
    let one = "2026-03-01T02:00:00Z\(prefix)Data,s3.amazonaws.com,PutObject,,1"
    #expect(Set(rows) == Set(put + get + [one]) && rows.count == 9)
    let coverage = try folder.text("c.json")
    #expect(coverage.contains("\"records\":6,\"calls\":1,\"duplicates\":2,"), "\(coverage)")
    #expect(coverage.contains("\"not_calls\":{\"aggregated\":2,\"aggregated_counted\":1}"))
    let plain = try Tool.run(["count", "--coverage", "c.json", "a.json", "b.json"], in: folder)
    #expect(plain.out.split(separator: "\n").dropFirst().map(String.init) == [one])
    #expect(try folder.text("c.json").contains("\"not_calls\":{\"aggregated\":4}"))
  }

  @Test func `what no count can be made of stays a tally`() throws {
    let folder = try TemporaryFolder()
    let sound = record(24, [("PutObject", 7)])
    let records = [
      sound.replacing("windowEnd", with: "windowend"), sound.replacing("02:05", with: "01:05"),
      sound.replacing("\"s3.amazonaws.com\"", with: "5"),
      sound.replacing("\"summary\"", with: "\"s\""),
      sound.replacing("2026-", with: "9026-"),
    ]
    try folder.write(file(records + [record(25, [("A", -1), ("B", 0)])]), to: "a.json")
    let run = try Tool.run(["count", "--aggregated", "--coverage", "c.json", "a.json"], in: folder)
    #expect(run.status == 0 && run.out.split(separator: "\n").count == 1)
    #expect(
      try folder.text("c.json").contains(
        "\"not_calls\":{\"aggregated\":5,\"aggregated_counted\":1}"))
  }

  @Test func `a jump is an insight, and a steady lump every five minutes is none`() throws {
    let folder = try TemporaryFolder()
    for day in 1...14 {
      var records: [String] = []
      for window in 0..<288 {
        let wobble = (day * 7 + window * 13) % 5
        let isJump = day == 14 && 120..<124 ~= window
        records.append(
          record(window, day: day, [("PutObject", isJump ? 2000 : 40 + wobble), ("GetObject", 7)]))
      }
      try folder.write(file(records), to: String(format: "days/%02d.json", day))
    }
    let run = try Tool.run(["detect", "--aggregated", "--csv", "-", "days"], in: folder)
    #expect(run.status == 0 && run.err.isEmpty)
    let rows = run.out.split(separator: "\n").dropFirst()
    #expect(rows.count == 1, "\(run.out)")
    #expect(
      rows.first?.contains(
        "\(prefix.dropFirst())Aggregated,s3.amazonaws.com,PutObject,,ended,above,2026-03-14T10:00:00Z,2026-03-14T10:20:00Z"
      ) == true, "\(run.out)")
    #expect(
      try Tool.run(["detect", "--csv", "-", "days"], in: folder).out.split(separator: "\n").count
        == 1)
    let id = try #require(rows.first?.split(separator: ",").first).prefix(8)
    let explained = try Tool.run(
      ["explain", "--aggregated", "--threads", "1", String(id), "days"], in: folder)
    let places = explained.out.split(separator: "\n").filter { $0.contains("  in ") }
    #expect(!places.isEmpty && places.allSatisfy { $0.hasSuffix("days/14.json") }, "\(places)")
  }
}
