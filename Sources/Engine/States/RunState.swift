// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Store
import Vocabulary

/// What a run keeps in a state file: its checkpoint, the counts behind and ahead of it, the events
/// and files it has seen, and what it found.
///
/// All of it belongs together: one commit after each portion of input, so that a kill at any instant
/// leaves the state of some portion's end.
struct RunState {
  let file: StateFile

  private enum MetaKey: String {
    case settings, alertsPerWeek, checkpoint, coverage, newestMinute, committedOutput
  }

  // MARK: Settings

  /// What must not change while a state lives, for its memory follows from it.
  struct Settings: Codable, Equatable {
    var baselineDays: Int
    var countsAggregated: Bool
  }

  /// Checks that the state was made with the same settings, or notes them in a new one.
  func adopt(_ options: DetectionOptions) throws(StateFailure) {
    let settings = Settings(
      baselineDays: options.baselineDays, countsAggregated: options.countsAggregated)
    try set(options.alertsPerWeek, .alertsPerWeek)
    guard let known = try value(Settings.self, .settings) else {
      return try set(settings, .settings)
    }
    guard known == settings else {
      let summaries = known.countsAggregated ? "with" : "without"
      throw StateFailure(
        path: file.path,
        reason: .failed(
          "it was made with --baseline-days \(known.baselineDays) and \(summaries) --aggregated"))
    }
  }

  /// The budget of the last run; `nil` for a new state.
  func alertsPerWeek() throws(StateFailure) -> Double? { try value(Double.self, .alertsPerWeek) }

  /// The settings that the state was made with; `nil` for a new one.
  func settings() throws(StateFailure) -> Settings? { try value(Settings.self, .settings) }

  // MARK: Where the run stands

  /// Returns a run as it stood at the checkpoint, with the counts of the days it looks back on and
  /// of all days since; a new run where there is no checkpoint.
  func run(options: DetectionOptions) throws(StateFailure) -> DetectionRun {
    var (run, counts) = try resume(options: options)
    run.callers = CallerArchive(counts.sorted { $0.key < $1.key }.map { CountHistory($0.value) })
    return run
  }

  /// Returns the same run, that does not know who made the calls yet, and its counts by day.
  func resume(
    options: DetectionOptions
  ) throws(StateFailure) -> (run: DetectionRun, counts: [Int: CountTable]) {
    var run = DetectionRun(options: options)
    var days = 0..<Int.max
    if let checkpoint = try checkpoint() {
      var series: [DetectionRun.RememberedSeries] = []
      try file.memories.forEach { _, content throws(StateFailure) in
        series.append(try unpack(DetectionRun.RememberedSeries.self, content))
      }
      series.sort { $0.key < $1.key }
      run = DetectionRun(checkpoint: checkpoint, series: series, options: options)
      days = checkpoint.day - DetectionRun.historyDays..<Int.max
    }
    var counts: [Int: CountTable] = [:]
    try file.counts.forEach(in: days) { day, content throws(StateFailure) in
      let saved = try unpack(SavedCounts.self, content)
      guard counts[day, default: CountTable()].add(saved, day: day) else { throw damaged() }
    }
    for (_, table) in counts.sorted(by: { $0.key < $1.key }) { run.absorb(CountHistory(table)) }
    return (run, counts)
  }

  func checkpoint() throws(StateFailure) -> DetectionRun.Checkpoint? {
    try value(DetectionRun.Checkpoint.self, .checkpoint)
  }

  func save(
    _ checkpoint: DetectionRun.Checkpoint, _ series: [DetectionRun.RememberedSeries]
  ) throws(StateFailure) {
    try set(checkpoint, .checkpoint)
    try file.memories.replaceAll(
      by: series.lazy.map { ($0.key.storedBytes, Packed.bytes($0)) })
  }

  /// The newest minute with an event, since 1970-01-01T00:00Z; `nil` before the first.
  func newestMinute() throws(StateFailure) -> Int? { try value(Int.self, .newestMinute) }

  func setNewestMinute(_ minute: Int) throws(StateFailure) { try set(minute, .newestMinute) }

  /// Bytes of the output file that the state knows of.
  func committedOutput() throws(StateFailure) -> Int { try value(Int.self, .committedOutput) ?? 0 }

  func setCommittedOutput(_ length: Int) throws(StateFailure) { try set(length, .committedOutput) }

  // MARK: Counts

  /// Adds counts to those of their days.
  func append(_ table: CountTable) throws(StateFailure) {
    for (day, counts) in table.savedDays() { try file.counts.append(Packed.bytes(counts), to: day) }
  }

  /// Returns the counts of some days, added to a table.
  func counts(of days: Range<Int>, into table: CountTable = CountTable())
    throws(StateFailure) -> CountTable
  {
    var table = table
    try file.counts.forEach(in: days) { day, content throws(StateFailure) in
      guard table.add(try unpack(SavedCounts.self, content), day: day) else { throw damaged() }
    }
    return table
  }

  /// Makes one part of the parts of days before one, and drops days that nobody looks at any more.
  func tidyCounts(before day: Int, baselineDays: Int) throws(StateFailure) {
    try file.counts.drop(before: day - baselineDays - DetectionRun.historyDays)
    for (other, count) in try file.counts.partCounts() where count > 1 && other < day {
      try tidyCounts(of: other)
    }
  }

  func tidyCounts(of day: Int) throws(StateFailure) {
    let table = try counts(of: day..<day + 1)
    for (day, counts) in table.savedDays() {
      try file.counts.replace(day, by: Packed.bytes(counts))
    }
  }

  // MARK: Events seen

  /// Returns the events seen on a day or later.
  func seenEvents(since day: Int) throws(StateFailure) -> SeenEvents {
    var seen = SeenEvents(isKept: true)
    try file.duplicates.forEach(in: day..<Int.max) { day, content throws(StateFailure) in
      seen.restore(content, day: day)
    }
    return seen
  }

  /// Adds the events seen since the last time, and drops those of days before one.
  func save(_ seen: inout SeenEvents, since day: Int) throws(StateFailure) {
    for (other, marks) in seen.takeFreshMarks() where other >= day {
      try file.duplicates.append(marks, to: other)
    }
    try file.duplicates.drop(before: day)
  }

  // MARK: Findings

  /// Keeps insights of days that are over; those of the days since follow from the counts.
  func save(_ insights: some Sequence<Insight>) throws(StateFailure) {
    for insight in insights {
      try file.insights.put(
        StoredInsight(
          id: insight.id, start: insight.start, isFinal: true, content: Packed.bytes(insight)))
    }
  }

  /// Returns the insights of days that are over.
  func insights() throws(StateFailure) -> [Insight] {
    var insights: [Insight] = []
    try file.insights.forEach(
      from: Minute(sinceEpoch: 0), to: Minute(sinceEpoch: .max)
    ) { stored throws(StateFailure) in
      insights.append(try unpack(Insight.self, stored.content))
    }
    return insights
  }

  /// Keeps what a stream told of an insight.
  func save(_ told: ToldInsights.Told) throws(StateFailure) {
    try file.told.put(
      ToldInsight(
        series: told.insight.series.storedBytes, start: told.toldStart, id: told.insight.id,
        ended: told.hasEnded ? told.insight.end : nil, content: Packed.bytes(told)))
  }

  /// Returns what streams told of the last days.
  func told() throws(StateFailure) -> [ToldInsights.Told] {
    var all: [ToldInsights.Told] = []
    for told in try file.told.all() {
      all.append(try unpack(ToldInsights.Told.self, told.content))
    }
    return all
  }

  /// What all runs on the state covered; the faults are those of the last.
  func coverage() throws(StateFailure) -> Coverage {
    try value(Coverage.self, .coverage) ?? Coverage()
  }

  /// Puts what a stream covered in place of what was.
  func replace(_ coverage: Coverage) throws(StateFailure) { try set(coverage, .coverage) }

  /// Adds what a run covered.
  ///
  /// Its series and gaps are those of the whole state, and faults that an earlier run told are not
  /// told again.
  func save(_ coverage: Coverage) throws(StateFailure) {
    var sum = try self.coverage()
    let (series, gaps) = (sum.series, sum.gaps)
    sum.faults = []
    sum.omittedFaults = [:]
    sum.merge(coverage)
    sum.series = max(series, coverage.series)
    sum.gaps = coverage.gaps.isEmpty ? gaps : coverage.gaps
    try set(sum, .coverage)
  }

  // MARK: Packed values

  private func value<Value: Decodable>(
    _ type: Value.Type, _ key: MetaKey
  ) throws(StateFailure) -> Value? {
    guard let bytes = try file.meta(key.rawValue) else { return nil }
    return try unpack(type, bytes)
  }

  private func set(_ value: some Encodable, _ key: MetaKey) throws(StateFailure) {
    try file.setMeta(key.rawValue, Packed.bytes(value))
  }

  func unpack<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(StateFailure) -> Value
  {
    guard let value = Packed.value(type, bytes) else { throw damaged() }
    return value
  }

  private func damaged() -> StateFailure {
    StateFailure(path: file.path, reason: .damaged("a content cannot be read"))
  }
}

/// Values as bytes and back.
enum Packed {
  static func bytes(_ value: some Encodable) -> [UInt8] {
    do {
      return try BinaryEncoder().encode(value)
    } catch {
      preconditionFailure("what a state keeps can be encoded: \(error)")
    }
  }

  static func value<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
    try? BinaryDecoder().decode(type, from: bytes)
  }
}

extension SeriesKey {
  /// The key under which a state file keeps a series.
  var storedBytes: [UInt8] { Packed.bytes(self) }
}
