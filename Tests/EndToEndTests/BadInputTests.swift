// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

/// Bad input gets one clear line with file, place and reason; the rest is still read.
@Suite struct BadInputTests {
  private func record(_ number: Int, time: String = "2026-01-05T10:00:00Z") -> String {
    """
    {"eventVersion":"1.11","eventTime":"\(time)","eventSource":"ec2.amazonaws.com",\
    "eventName":"RunInstances","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.1",\
    "userAgent":"aws-cli","eventID":"00000000-0000-4000-8000-\(String(format: "%012d", number))",\
    "readOnly":false,"managementEvent":true,"eventCategory":"Management",\
    "recipientAccountId":"111122223333","eventType":"AwsApiCall",\
    "userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/alice"}}
    """
  }

  private func file(_ records: [String]) -> [UInt8] {
    Array(("{\"Records\":[" + records.joined(separator: ",") + "]}").utf8)
  }

  /// Puts bytes beside a good file and counts; one complaint that names the file, status 3, and the
  /// good file's calls are there.
  private func check(
    _ bytes: [UInt8], _ reason: String, calls: Int = 2, prepare: String = "true"
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(file([record(1), record(2)]), to: "logs/good.json")
    try folder.write(bytes, to: "logs/bad.json")
    #expect(try Tool.shell(prepare, in: folder).status == 0)
    let run = try Tool.run(
      ["count", "logs", "--coverage", "coverage.json", "--csv", "counts.csv"], in: folder)
    #expect(run.status == 3, "\(run.err)")
    #expect(!run.complaints.isEmpty)
    #expect(run.complaints.allSatisfy { $0.hasPrefix("trail-insights: logs/bad.json: ") })
    #expect(run.err.contains(reason), "\(run.err)")
    #expect(try folder.text("coverage.json").contains("\"calls\":\(calls),"))
    #expect(try folder.text("counts.csv").contains("RunInstances,,2\n") || calls != 2)
  }

  @Test func `an empty file`() throws { try check([], "holds nothing") }

  @Test func `text that is not JSON`() throws {
    try check(Array("hello\nworld\n".utf8), "holds no trail record")
  }

  @Test func `JSON without a record`() throws {
    try check(Array("{\"a\":1}".utf8), "holds no trail record")
  }

  @Test func `JSON cut in the middle keeps what stands before`() throws {
    let whole = file([record(3), record(4)])
    try check(Array(whole.dropLast(200)), "ends", calls: 3)
  }

  @Test func `a record without eventTime`() throws {
    let without = record(4).replacing("\"eventTime\":\"2026-01-05T10:00:00Z\",", with: "")
    try check(file([record(3), without]), "eventTime", calls: 3)
  }

  @Test(arguments: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "yesterday"])
  func `a record of an impossible time`(time: String) throws {
    try check(file([record(3), record(4, time: time)]), "byte", calls: 3)
  }

  @Test func `garbage between records`() throws {
    try check(
      Array((record(3) + "\n\u{1}\u{2}%%% {] \n" + record(4)).utf8), "byte", calls: 4)
  }

  @Test func `NUL bytes`() throws {
    try check(Array(record(3).utf8) + [0, 0, 0] + Array(record(4).utf8), "byte", calls: 4)
  }

  @Test func `invalid UTF-8 is said and the record counts`() throws {
    var bytes = file([record(3)])
    let agent = try #require(bytes.firstRange(of: Array("aws-cli".utf8)))
    bytes[agent.lowerBound] = 0xFF
    try check(bytes, "UTF-8", calls: 3)
  }

  @Test func `deep nesting`() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    try check(Array(deep.utf8), "byte 0")
  }

  @Test func `a truncated gzip keeps what stands before the cut`() throws {
    let folder = try TemporaryFolder()
    try folder.write(file((0..<2000).map { record($0) }), to: "plain")
    let script = "gzip -c plain > a; head -c $(($(stat -c %s a) / 2)) a > cut.gz; rm a plain"
    #expect(try Tool.shell(script, in: folder).status == 0)
    let run = try Tool.run(["count", ".", "--coverage", "-", "--csv", "c"], in: folder)
    #expect(run.status == 3)
    #expect(run.err.contains("cut.gz"))
    let calls = run.out.firstMatch(of: /"calls":(\d+)/).flatMap { Int($0.1) } ?? 0
    #expect(calls > 500)
    #expect(calls < 2000)
  }

  @Test func `a gzip with trailing bytes`() throws {
    try check(
      file([record(3), record(4)]), "byte", calls: 4,
      prepare: "cd logs && gzip bad.json && mv bad.json.gz bad.json && echo garbage >> bad.json")
  }

  @Test func `a file of 60 MB`() throws {
    let folder = try TemporaryFolder()
    let script = """
      python3 - <<'P'
      r = '''\(record(0))'''
      n = 0
      with open('big.json', 'w') as f:
          f.write('{"Records":[')
          while f.tell() < 60e6:
              f.write((',' if n else '') + r.replace('000000000000', '%012d' % n))
              n += 1
          f.write(']}')
      open('n', 'w').write(str(n))
      P
      """
    #expect(try Tool.shell(script, in: folder).status == 0)
    let run = try Tool.run(["count", "big.json", "--coverage", "-", "--csv", "c"], in: folder)
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("\"calls\":\(try folder.text("n")),"))
  }

  @Test func `an empty folder, and a path that does not exist`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    for path in ["empty", "nowhere"] {
      let run = try Tool.run(["detect", path], in: folder)
      #expect(run.status == 2)
      #expect(run.complaints.count == 1)
      #expect(run.err.contains(path))
      #expect(run.out.isEmpty)
    }
  }

  @Test func `a path that does not exist beside one that does`() throws {
    let folder = try TemporaryFolder()
    try folder.write(file([record(1)]), to: "good.json")
    let run = try Tool.run(["count", "good.json", "nowhere.json"], in: folder)
    #expect(run.status == 3)
    #expect(run.complaints == ["trail-insights: nowhere.json: No such file or directory"])
    #expect(run.out.contains("RunInstances"))
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everywhere"))
  func `a file without permission`() throws {
    try check(file([record(3)]), "Permission denied", prepare: "chmod 000 logs/bad.json")
  }

  @Test func `a full disk while the report is written`() throws {
    let folder = try TemporaryFolder()
    try folder.write(file([record(1)]), to: "good.json")
    let run = try Tool.run(["count", "good.json", "--csv", "/dev/full"], in: folder)
    #expect(run.status == 2)
    #expect(run.complaints.count == 1)
    #expect(run.err.contains("No space left on device"))
  }

  @Test func `a reader that leaves early ends the tool quietly`() throws {
    let folder = try TemporaryFolder()
    try folder.write(file((0..<3000).map { record($0, time: time($0)) }), to: "good.json")
    let run = try Tool.shell(
      "set -o pipefail; $TOOL count good.json | head -n 1", in: folder)
    #expect(run.status == 0)
    #expect(run.err.isEmpty)
  }

  private func time(_ number: Int) -> String {
    String(format: "2026-01-05T%02d:%02d:00Z", number / 60 % 24, number % 60)
  }

  @Test func `corrections replace their originals, before or after them`() throws {
    let folder = try TemporaryFolder()
    let correction = record(9).replacing(
      "\"eventType\"",
      with: """
        "errorCode":"AccessDenied","addendum":{"reason":"UPDATED_DATA",\
        "originalEventID":"00000000-0000-4000-8000-000000000001"},"eventType"
        """)
    for (first, second) in [("a", "z"), ("z", "a")] {
      try folder.write(file([record(1), record(2)]), to: "logs/\(first).json")
      try folder.write(file([correction]), to: "logs/\(second).json")
      let run = try Tool.run(
        ["count", "logs", "--coverage", "coverage.json"], in: folder)
      #expect(run.status == 0)
      #expect(run.out.contains("RunInstances,,2\n"))
      #expect(run.out.contains("RunInstances,AccessDenied,1\n"))
      #expect(try folder.text("coverage.json").contains("\"calls\":2,"))
    }
  }
}
