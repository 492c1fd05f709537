// SPDX-License-Identifier: Apache-2.0
import Counts
import Store

/// What was counted, and which events: kept by day, in parts.
extension RunState {
  /// Days for which counts and the events behind them are kept.
  private static func daysKept(baselineDays: Int) -> Int {
    baselineDays + DetectionRun.historyDays
  }

  /// Adds counts to those of their days.
  func append(_ table: CountTable) throws(StateFailure) {
    for (day, counts) in table.savedDays() { try file.counts.append(Packed.bytes(counts), to: day) }
  }

  /// Returns the counts of some days.
  func counts(of days: Range<Int>) throws(StateFailure) -> CountTable {
    var table = CountTable()
    try forEachPart(of: days) { day, saved in table.add(saved, day: day) }
    return table
  }

  /// Returns the counts of some days, each by itself.
  func countsByDay(of days: Range<Int>) throws(StateFailure) -> [Int: CountTable] {
    var tables: [Int: CountTable] = [:]
    try forEachPart(of: days) { day, saved in
      tables[day, default: CountTable()].add(saved, day: day)
    }
    return tables
  }

  /// Hands the counts of some days on, part by part; `add` returns `false` where they are none.
  private func forEachPart(
    of days: Range<Int>, _ add: (_ day: Int, SavedCounts) -> Bool
  ) throws(StateFailure) {
    try file.counts.forEach(in: days) { day, content throws(StateFailure) in
      guard add(day, try unpack(SavedCounts.self, content)) else { throw damaged() }
    }
  }

  /// Makes one part of the parts of days before one, and drops days that nobody looks at any more.
  func tidyCounts(before day: Int, baselineDays: Int) throws(StateFailure) {
    let firstDay = day - Self.daysKept(baselineDays: baselineDays)
    try file.counts.drop(before: firstDay)
    try file.duplicates.drop(before: firstDay)
    for (other, count) in try file.counts.partCounts() where count > 1 && other < day {
      for (day, counts) in try counts(of: other..<other + 1).savedDays() {
        try file.counts.replace(day, by: Packed.bytes(counts))
      }
    }
  }

  // MARK: Events seen

  /// The days of which events are known.
  func daysSeen() throws(StateFailure) -> [Int] { try file.duplicates.partCounts().map(\.day) }

  /// Returns the events seen on some days.
  func seenEvents(of days: some Sequence<Int>) throws(StateFailure) -> SeenEvents {
    var seen = SeenEvents(isKept: true)
    for day in days {
      for content in try file.duplicates.parts(of: day) { seen.restore(content, day: day) }
    }
    return seen
  }

  /// Adds events seen, by day.
  func append(_ marks: [(day: Int, marks: [UInt8])]) throws(StateFailure) {
    for (day, marks) in marks { try file.duplicates.append(marks, to: day) }
  }
}
