// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The same events give the same report bytes, however they are cut up, through the real binary.
@Suite(.serialized) struct LawTests {
  /// One small trail for all laws, and its reports.
  private static let trail = Result { try GeneratedTrail() }

  struct GeneratedTrail: Sendable {
    let folder: TemporaryFolder
    let reports: [String: String]

    init() throws {
      folder = try TemporaryFolder()
      let run = try Tool.run(
        [
          "generate", "--output", "trail", "--seed", "5", "--days", "10", "--series", "40",
          "--events", "20000", "--quiet",
        ], in: folder)
      #expect(run.status == 0, "\(run.err)")
      reports = try Self.detect(["trail/AWSLogs"], in: folder)
    }

    /// The reports of a run, by name; coverage without what depends on the files.
    static func detect(_ arguments: [String], in folder: TemporaryFolder) throws
      -> [String: String]
    {
      let run = try Tool.run(
        [
          "detect", "--quiet", "--alerts-per-week", "50", "--csv", "out.csv", "--json",
          "out.jsonl", "--coverage", "out.json",
        ] + arguments, in: folder)
      #expect(run.status == 0, "\(run.err)")
      return ["csv": try folder.text("out.csv"), "json": try folder.text("out.jsonl")]
    }
  }

  private func check(_ trail: GeneratedTrail, _ arguments: [String]) throws {
    let reports = try GeneratedTrail.detect(arguments, in: trail.folder)
    #expect(reports == trail.reports)
    #expect(reports["csv"]?.split(separator: "\n").count ?? 0 > 1, "there is something to compare")
  }

  @Test func `any number of workers gives the same reports`() throws {
    let trail = try Self.trail.get()
    for threads in 1...4 { try check(trail, ["trail/AWSLogs", "--threads", "\(threads)"]) }
  }

  @Test func `any order and naming of files gives the same reports`() throws {
    let trail = try Self.trail.get()
    let script = """
      rm -rf shuffled && mkdir shuffled && i=0
      find trail/AWSLogs -name '*.gz' | sort -R --random-source=<(yes 7) | while read -r file; do
        i=$((i + 1)); cp "$file" "shuffled/$(printf %05d $i).gz"; done
      """
    #expect(try Tool.shell(script, in: trail.folder).status == 0)
    try check(trail, ["shuffled"])
  }

  @Test func `files merged into one, plain, give the same reports`() throws {
    let trail = try Self.trail.get()
    let script = "find trail/AWSLogs -name '*.gz' | sort -r | xargs gzip -dc > merged"
    #expect(try Tool.shell(script, in: trail.folder).status == 0)
    try check(trail, ["merged"])
    #expect(try Tool.shell("gzip -c merged > merged.gz", in: trail.folder).status == 0)
    try check(trail, ["merged.gz"])
  }

  @Test func `duplicates added change nothing but their count`() throws {
    let trail = try Self.trail.get()
    let script = "mkdir -p twice && find trail/AWSLogs -name '*1*.gz' -exec cp {} twice/ \\;"
    #expect(try Tool.shell(script, in: trail.folder).status == 0)
    try check(trail, ["trail/AWSLogs", "twice"])
  }

  @Test func `counts written and taken up again give the same reports`() throws {
    let trail = try Self.trail.get()
    let count = try Tool.run(
      [
        "count", "trail/AWSLogs", "--quiet", "--csv", "counts.csv", "--attributions",
        "attributions.csv",
      ], in: trail.folder)
    #expect(count.status == 0, "\(count.err)")
    let logs = try times(inCoverageOf: trail, ["trail/AWSLogs"])
    try check(trail, ["--counts", "counts.csv", "attributions.csv"])
    let tables = try times(inCoverageOf: trail, ["--counts", "counts.csv"])
    #expect(tables == logs.map { $0.replacing(/:\d\dZ/, with: ":00Z") })
  }

  /// The times of the first and the last event.
  private func times(
    inCoverageOf trail: GeneratedTrail, _ arguments: [String]
  ) throws -> [String] {
    _ = try GeneratedTrail.detect(arguments, in: trail.folder)
    let coverage = try trail.folder.text("out.json")
    let times = coverage.matches(of: /_event_time":"([^"]*)"/).map { String($0.1) }
    #expect(times.count == 2, "\(coverage)")
    return times
  }

  @Test(arguments: [5, 6]) func `counts generated without logs are those of the logs`(
    seed: Int
  ) throws {
    let folder = try TemporaryFolder()
    let script = """
      set -e
      of='--days 15 --series 40 --events 20000 --quiet --seed \(seed)'
      $TOOL generate --output trail $of
      $TOOL generate --output tables --counts generated.csv $of
      cmp trail/labels.csv tables/labels.csv
      cmp trail/lures.csv tables/lures.csv
      $TOOL count trail/AWSLogs --quiet | cmp - generated.csv
      $TOOL detect trail/AWSLogs --quiet --csv - | cut -d, -f1-22 > logs.csv
      $TOOL detect --counts generated.csv --quiet --csv - | cut -d, -f1-22 | cmp - logs.csv
      """
    let run = try Tool.shell(script, in: folder)
    #expect(run.status == 0, "\(run.out)\(run.err)")
    #expect(try folder.text("logs.csv").split(separator: "\n").count > 1)
  }

  @Test func `counts of two halves add up to those of the whole`() throws {
    let trail = try Self.trail.get()
    let script = """
      set -e
      find trail/AWSLogs -name '*.gz' | sort > files
      rm -rf a b; mkdir a b
      awk 'NR % 2' files | xargs -I{} cp {} a/; awk 'NR % 2 == 0' files | xargs -I{} cp {} b/
      $TOOL count trail/AWSLogs --quiet > whole.csv
      $TOOL count a b --quiet > both.csv
      cmp whole.csv both.csv
      """
    #expect(try Tool.shell(script, in: trail.folder).status == 0)
  }
}
