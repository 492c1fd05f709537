// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

/// What a state tells without logs, and which files a run reads again.
@Suite struct StateReportTests {
  @Test func `report, explain and export need no logs`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      $TOOL detect trail/AWSLogs $options --state s.db --csv first.csv
      cmp first.csv whole.csv
      $TOOL export trail/AWSLogs $options --output logs
      rm trail arrivals
      $TOOL report $options --state s.db --csv - | cmp - whole.csv
      $TOOL export $options --state s.db --output tables
      cmp logs/counts.csv tables/counts.csv
      cmp logs/insights.csv tables/insights.csv
      id=$(tail -n 1 whole.csv | cut -d, -f1)
      $TOOL explain $id --state s.db --quiet > explained
      grep -q "$id" explained
      if $TOOL explain 00000000 --state s.db 2> absent; then exit 1; fi
      grep -q 'see their IDs with trail-insights report --state s.db' absent
      $TOOL report $options --state s.db --from 2026-01-09T00:00:00Z --to 2026-01-12T12:00:00Z \
        --csv part.csv
      """)
    let part = try folder.text("part.csv").split(separator: "\n").dropFirst()
    let expected = trail.csv.split(separator: "\n").dropFirst().filter { row in
      let start = row.split(separator: ",", omittingEmptySubsequences: false)[10]
      return start >= "2026-01-09T00:00:00Z" && start < "2026-01-12T12:00:00Z"
    }
    #expect(!expected.isEmpty)
    #expect(Array(part) == expected)
  }

  @Test func `report looks on beside a stream`() throws {
    let trail = try ArrivingTrail.shared.get()
    _ = try trail.check(
      """
      mkfifo pipe
      $TOOL stream $options --idle 0 --state s.db --json told --metrics metrics < pipe & stream=$!
      exec 3> pipe
      head -n 15000 arrivals >&3
      # The state has what was told; the report is of one commit of it.
      until [ -s told ]; do sleep 0.1; done
      for n in 1 2 3; do $TOOL report $options --state s.db --csv beside.csv; done
      grep -q Insight beside.csv
      tail -n +15001 arrivals >&3
      exec 3>&-; wait $stream
      $TOOL report $options --state s.db --csv - | cmp - whole.csv
      """)
  }

  private static func lines(_ numbers: Range<Int>) -> [UInt8] {
    Array(
      numbers.map {
        LateEventTests.record($0, time: String(format: "2026-03-01T10:%02d:00Z", $0 % 60)) + "\n"
      }.joined().utf8)
  }

  private func calls(_ folder: TemporaryFolder, _ arguments: [String], status: Int32 = 0) throws
    -> String
  {
    let run = try Tool.run(
      ["detect", "logs", "--state", "s.db", "--coverage", "c.json", "--csv", "c.csv"] + arguments,
      in: folder)
    #expect(run.status == status, "\(run.err)")
    return try folder.text("c.json")
  }

  @Test func `a file that grew is read again, its events once; nothing new changes nothing`() throws
  {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines(0..<20), to: "logs/a")
    #expect(try calls(folder, []).contains("\"calls\":20,"))
    let csv = try folder.text("c.csv")
    let first = try calls(folder, [])
    #expect(first.contains("\"files\":1,") && first.contains("\"calls\":20,"), "\(first)")
    #expect(try folder.text("c.csv") == csv)
    try folder.write(Self.lines(0..<30), to: "logs/a")
    let grown = try calls(folder, [])
    #expect(grown.contains("\"calls\":30,\"duplicates\":20,"), "\(grown)")
  }

  @Test(.enabled(if: getuid() != 0))
  func `a file that cannot be read is tried again`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines(0..<20), to: "logs/a")
    try folder.write(Self.lines(20..<30), to: "logs/b")
    #expect(try Tool.shell("chmod 000 logs/b", in: folder).status == 0)
    #expect(try calls(folder, [], status: 3).contains("\"calls\":20,"))
    #expect(try Tool.shell("chmod 600 logs/b", in: folder).status == 0)
    #expect(try calls(folder, []).contains("\"calls\":30,"))
  }

  /// As `root`, who may read everything: a link to nowhere that later leads to a file.
  @Test func `a file that is not there yet is tried again`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines(0..<20), to: "logs/a")
    #expect(try Tool.shell("ln -s ../later logs/b", in: folder).status == 0)
    _ = try Tool.run(["detect", "logs", "--state", "s.db", "--csv", "c.csv"], in: folder)
    try folder.write(Self.lines(20..<30), to: "later")
    #expect(try calls(folder, []).contains("\"calls\":30,"))
  }
}
