// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A state that an earlier build of the tool left behind, contents and all, is gone on from.
@Suite struct StateVersionTests {
  /// Three calls an hour, and sixty more at noon of the eighth day.
  private static func records(ofDay day: Int) -> [UInt8] {
    var records = (0..<72).map { call in
      let (hour, number) = (call / 3, call % 3)
      let minute = (hour * 7 + day * 3 + number * 20) % 60
      return LateEventTests.record(
        day * 1000 + hour * 10 + number,
        time: String(format: "2026-03-%02dT%02d:%02d:00Z", day, hour, minute))
    }
    if day == 8 {
      records += (0..<60).map {
        LateEventTests.record(90000 + $0, time: "2026-03-08T12:0\($0 % 3):00Z")
      }
    }
    return Array((records.joined(separator: "\n") + "\n").utf8)
  }

  /// `nights1.sql` is the dump of a state after eight nights with these records, of version 1.
  ///
  /// What was told stays as it was judged then, so severity and p-value, columns 21 and 22, are those of
  /// the model of that build.
  @Test func `eight nights of an earlier build, and the ninth of this one`() throws {
    let folder = try TemporaryFolder()
    for day in 1...9 { try folder.write(Self.records(ofDay: day), to: "day\(day)") }
    let fixture = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../Fixtures/state/nights1.sql").standardized.path
    let run = try Tool.shell(
      """
      set -e
      python3 -c 'import sqlite3, sys
      sqlite3.connect("s.db").executescript(open(sys.argv[1]).read())' '\(fixture)'
      $TOOL detect day? --quiet --csv whole.csv
      $TOOL report --state s.db --csv before.csv
      $TOOL detect day9 --state s.db --quiet --csv after.csv
      for name in whole before after; do cut -d, -f1-20,23- $name.csv > $name.facts; done
      cmp before.facts whole.facts
      cmp after.facts whole.facts
      cmp before.csv after.csv
      [ $(wc -l < whole.csv) = 2 ]
      """, in: folder)
    #expect(run.status == 0, "\(run.out)\(run.err)")
  }

  @Test func `a report from an older state than it reads says what brings it up to date`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.records(ofDay: 1), to: "day1")
    let run = try Tool.shell(
      """
      $TOOL detect day1 --state s.db --quiet
      python3 -c 'import sqlite3; sqlite3.connect("s.db").execute("pragma user_version = 0")'
      $TOOL report --state s.db
      """, in: folder)
    #expect(run.status == 2)
    #expect(run.complaints.count == 1 && run.err.contains("older trail-insights"), "\(run.err)")
  }
}
