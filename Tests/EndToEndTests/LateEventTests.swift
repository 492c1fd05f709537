// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Events that come when their minute was final: counted, listed, and nothing told is touched.
@Suite struct LateEventTests {
  /// A record of one call, or of its correction.
  static func record(_ number: Int, time: String, replaces original: Int? = nil) -> String {
    let addendum = original.map {
      ",\"addendum\":{\"reason\":\"UPDATED_DATA\",\"originalEventID\":\"\(id($0))\"}"
    }
    return """
      {"eventVersion":"1.11","eventTime":"\(time)","eventSource":"ec2.amazonaws.com",\
      "eventName":"RunInstances","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.1",\
      "userAgent":"aws-cli","eventID":"\(id(number))","readOnly":false,"managementEvent":true,\
      "eventCategory":"Management","recipientAccountId":"111122223333",\
      "eventType":"AwsApiCall","userIdentity":{"type":"IAMUser",\
      "arn":"arn:aws:iam::111122223333:user/alice"}\(addendum ?? "")}
      """
  }

  private static func id(_ number: Int) -> String {
    "00000000-0000-4000-8000-" + String(format: "%012d", number)
  }

  private func lines(_ records: [String]) -> [UInt8] {
    Array((records.joined(separator: "\n") + "\n").utf8)
  }

  /// Runs a command on one file, and again on what came behind it, with one state.
  private func run(
    _ command: String, on first: String, then second: String, in folder: TemporaryFolder
  ) throws {
    let run = "$TOOL \(command) --state s.db --quiet"
    let script =
      command == "detect"
      ? "\(run) \(first) && \(run) \(first) \(second)"
      : "\(run) --idle 0 < \(first) && \(run) --idle 0 < \(second)"
    let both = try Tool.shell(script, in: folder)
    #expect(both.status == 0, "\(both.err)")
  }

  private func coverage(of folder: TemporaryFolder, state: String) throws -> String {
    let run = try Tool.run(
      ["report", "--state", state, "--quiet", "--coverage", "c.json", "--csv", "r.csv"],
      in: folder)
    #expect(run.status == 0, "\(run.err)")
    return try folder.text("c.json")
  }

  private func counts(of folder: TemporaryFolder, state: String) throws -> String {
    let run = try Tool.run(
      ["export", "--state", state, "--output", "tables", "--quiet"], in: folder)
    #expect(run.status == 0, "\(run.err)")
    return try folder.text("tables/counts.csv")
  }

  @Test(arguments: ["detect", "stream"])
  func `an event of a day that is over is counted and listed`(command: String) throws {
    let folder = try TemporaryFolder()
    let days = (1...4).map { Self.record($0, time: "2026-03-0\($0)T10:00:00Z") }
    try folder.write(lines(days), to: "first")
    try folder.write(lines([Self.record(9, time: "2026-03-03T11:00:00Z")]), to: "late")
    try run(command, on: "first", then: "late", in: folder)
    let coverage = try coverage(of: folder, state: "s.db")
    #expect(coverage.contains("\"late_events\":1"), "\(coverage)")
    #expect(coverage.contains("\"calls\":5,"), "\(coverage)")
    #expect(
      try counts(of: folder, state: "s.db")
        .contains("2026-03-03T11:00:00Z,ApiCallRateInsight,111122223333,us-east-1"))
  }

  /// From a file, which can be read again, and from a pipe, which cannot.
  @Test(arguments: ["again", "- < again"])
  func `a copy that comes weeks later is known, and what is new beside it counts`(
    again: String
  ) throws {
    let folder = try TemporaryFolder()
    let time = { (day: Int) in String(format: "2026-03-%02dT10:00:00Z", day) }
    try folder.write(lines((1...25).map { Self.record($0, time: time($0)) }), to: "first")
    let copies = [2, 9, 24].map { Self.record($0, time: time($0)) }
    try folder.write(lines(copies + [Self.record(99, time: time(9))]), to: "again")
    try run("detect", on: "first", then: again, in: folder)
    let coverage = try coverage(of: folder, state: "s.db")
    #expect(coverage.contains("\"calls\":26,"), "\(coverage)")
    #expect(coverage.contains("\"duplicates\":3,"), "\(coverage)")
    let counts = try counts(of: folder, state: "s.db")
    #expect(counts.split(separator: "\n").count { $0.hasSuffix(",1") } == 24)
    #expect(counts.split(separator: "\n").count { $0.hasSuffix(",2") } == 1)
  }

  @Test func `an event older than the duplicate window is left out and listed`() throws {
    let folder = try TemporaryFolder()
    let days = (1...6).map { Self.record($0, time: "2026-03-0\($0)T10:00:00Z") }
    try folder.write(lines(days), to: "first")
    try folder.write(lines([Self.record(9, time: "2026-03-02T11:00:00Z")]), to: "old")
    let script = """
      $TOOL stream --state s.db --quiet --idle 0 < first && $TOOL stream --state s.db --quiet < old
      """
    #expect(try Tool.shell(script, in: folder).status == 0)
    let coverage = try coverage(of: folder, state: "s.db")
    #expect(coverage.contains("\"events_beyond_duplicate_window\":1"), "\(coverage)")
    #expect(coverage.contains("\"calls\":6,"), "\(coverage)")
    #expect(!(try counts(of: folder, state: "s.db").contains("2026-03-02T11:00:00Z")))
  }

  @Test(arguments: ["detect", "stream"])
  func `a correction of an event that an earlier run counted is left out and listed`(
    command: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(lines([Self.record(1, time: "2026-03-01T10:00:00Z")]), to: "first")
    let correction = Self.record(2, time: "2026-03-01T10:00:00Z", replaces: 1)
    try folder.write(lines([correction]), to: "second")
    try run(command, on: "first", then: "second", in: folder)
    let coverage = try coverage(of: folder, state: "s.db")
    #expect(coverage.contains("\"calls\":1,"), "\(coverage)")
    #expect(coverage.contains("correction"), "\(coverage)")
    #expect(try counts(of: folder, state: "s.db").hasSuffix(",1\n"))
  }

  /// A burst is told while its day is at hand; its day is judged for good; then more of it comes.
  @Test func `what was told stays as it was told`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      $TOOL stream $options --idle 0 --state s.db --json told < arrivals
      $TOOL report $options --state s.db --csv before.csv
      cp told before
      # Copies, under other identifiers, of the events of the last three days.
      tail -n 6000 arrivals | sed 's/"eventID":"......../"eventID":"00000000/' > late
      $TOOL stream $options --idle 0 --state s.db --json told < late
      $TOOL report $options --state s.db --csv after.csv
      """)
    let (before, after) = (try folder.text("before"), try folder.text("told"))
    #expect(after.hasPrefix(before), "no record is changed or taken back")
    let told = try ToldRecords(after).told
    #expect(Set(told).count == told.count)
    // What started before the last day that may change stands as it stood.
    let lastDay = try folder.text("before.csv").split(separator: "\n").count
    #expect(lastDay > 1)
    for row in try folder.text("before.csv").split(separator: "\n").dropFirst()
    where row.contains("2026-01-0") {
      #expect(try folder.text("after.csv").contains(row), "\(row)")
    }
  }
}
