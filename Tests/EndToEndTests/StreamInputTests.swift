// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What a stream reads, and how it ends.
@Suite struct StreamInputTests {
  /// Compressed files are no stream: they end.
  private static let shapes = Shapes.names.filter { !$0.contains(/\.(gz|zst|zip)$/) }

  @Test(arguments: shapes)
  func `each shape on standard input`(name: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Shapes.path(name)))
    let run = try Tool.run(
      ["stream", "--idle", "0", "--state", "s.db", "--coverage", "c.json"], in: folder,
      input: Array(bytes))
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.isEmpty)
    #expect(try folder.text("c.json").contains("\"calls\":5,"))
    let export = try Tool.run(
      ["export", "--state", "s.db", "--output", "tables", "--quiet"], in: folder)
    #expect(export.status == 0, "\(export.err)")
    #expect(try folder.text("tables/counts.csv") == Shapes.counts)
  }

  @Test func `bad JSON in between is named, and the rest is read`() throws {
    let folder = try TemporaryFolder()
    let records = (0..<4).map { LateEventTests.record($0, time: "2026-03-01T10:00:00Z") }
    let input =
      records[0] + "\n{\"eventVersion\":\"1.11\",%%}\n" + records[1] + "\nhello\n" + records[2]
      + records[3] + "\n" + records[0].prefix(300)
    let run = try Tool.run(
      ["stream", "--idle", "0", "--coverage", "c.json"], in: folder, input: Array(input.utf8))
    #expect(run.status == 3, "\(run.err)")
    #expect(!run.complaints.isEmpty)
    #expect(
      run.complaints.allSatisfy { $0.hasPrefix("trail-insights: standard input: byte ") },
      "\(run.err)")
    let coverage = try folder.text("c.json")
    #expect(coverage.contains("\"calls\":4,"), "\(coverage)")
  }

  /// The end of an insight waits for late events, and a quiet input brings none.
  @Test func `on a quiet input an insight ends by the timer`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      # Up to some minutes after the clearest insight, but within the lateness: only quiet ends it.
      end=$(tail -n +2 whole.csv | sort -t, -k21,21g | tail -n 1 | cut -d, -f12)
      awk -v end="$(date -u -d "$end + 50 minutes" +%FT%TZ)" '
        match($0, /"eventTime":"[^"]*"/) && substr($0, RSTART + 13, 20) <= end' arrivals > until
      options="$options --lateness 1h"
      $TOOL stream $options --idle 0 --state s.db --json waiting < until
      ends() { grep -c '"state":"End"' $1 || true; }
      mkfifo pipe
      $TOOL stream $options --idle 1s --json told < pipe & stream=$!
      exec 3> pipe; cat until >&3
      until [ $(ends told) -gt $(ends waiting) ] || [ $SECONDS -gt 60 ]; do sleep 0.1; done
      cp told quiet
      exec 3>&-; wait $stream
      """)
    let ends = { (name: String) in
      try ToldRecords(try folder.text(name)).told.filter { $0.hasSuffix(" End") }.count
    }
    #expect(try ends("quiet") > ends("waiting"))
  }

  @Test func `a reader that closes the pipe ends it quietly`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      { $TOOL stream --alerts-per-week 50 --idle 0 < arrivals 2> err; echo $? > status; } | true
      """)
    #expect(try folder.text("status") == "0\n")
    #expect(try folder.text("err").isEmpty)
  }

  @Test(arguments: ["TERM", "INT"])
  func `a signal ends it in order, with all that was read saved`(signal: String) throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      mkfifo pipe
      head -n 300 arrivals > some
      "$TOOL" stream $options --idle 0 --state s.db \
        --metrics metrics --coverage c.json < pipe > told & stream=$!
      exec 3> pipe; cat some >&3
      until [ -e metrics ]; do sleep 0.1; done
      sleep 1
      kill -\(signal) $stream; wait $stream
      [ -s c.json ]
      $TOOL report $options --state s.db --coverage saved.json --csv report.csv
      """)
    let calls = /"calls":(\d+)/
    let read = try folder.text("c.json").firstMatch(of: calls)?.1
    #expect(read.flatMap { Int($0) } ?? 0 > 0)
    #expect(try folder.text("saved.json").firstMatch(of: calls)?.1 == read)
  }

  @Test func `the metrics are what Prometheus reads`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      $TOOL stream $options --idle 0 --state s.db --metrics m.prom --json told < arrivals
      stat -c %s s.db > size
      """)
    var values: [Substring: Int] = [:]
    let lines = try folder.text("m.prom").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last?.isEmpty == true, "the last line ends")
    for group in stride(from: 0, to: lines.count - 1, by: 3) {
      let help = try #require(lines[group].wholeMatch(of: /# HELP (trail_insights_[a-z_]+) \S.*\./))
      let type = try #require(lines[group + 1].wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge)/))
      let value = try #require(lines[group + 2].wholeMatch(of: /([a-z_]+) (-?\d+)/))
      #expect(help.1 == type.1 && type.1 == value.1)
      #expect(value.1.hasSuffix("_total") == (type.2 == "counter"))
      values[value.1] = Int(value.2)
    }
    #expect(values["trail_insights_records_total"] == trail.lineCount)
    let told = try ToldRecords(try folder.text("told")).told
    #expect(
      values["trail_insights_insights_started_total"] == told.count { $0.hasSuffix(" Start") })
    #expect(values["trail_insights_insights_ended_total"] == told.count { $0.hasSuffix(" End") })
    #expect(values["trail_insights_lag_seconds"] ?? 0 > 0)
    let size = try folder.text("size").split(separator: "\n").first.flatMap { Int($0) }
    #expect(values["trail_insights_state_bytes"] == size)
  }
}
