// SPDX-License-Identifier: Apache-2.0
import Counts
import Scores
import Store
import Vocabulary

/// What a run keeps in a state file: its checkpoint, the counts behind and ahead of it, the events
/// and files it has seen, and what it found.
///
/// All of it belongs together: one commit after each portion of input, so that a kill at any instant
/// leaves the state of some portion's end.
struct RunState {
  let file: StateFile

  enum MetaKey: String {
    case settings, alertsPerWeek, model, checkpoint, coverage, newestMinute, committedOutput
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
    try set(options.model, .model)
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

  /// The model of the last run; `nil` for a new state, or one of before there were several.
  func model() throws(StateFailure) -> ModelParameters? {
    try value(ModelParameters.self, .model)
  }

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
    let counts = try countsByDay(of: days)
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

  // MARK: Packed values

  func value<Value: Decodable>(
    _ type: Value.Type, _ key: MetaKey
  ) throws(StateFailure) -> Value? {
    guard let bytes = try file.meta(key.rawValue) else { return nil }
    return try unpack(type, bytes)
  }

  func set(_ value: some Encodable, _ key: MetaKey) throws(StateFailure) {
    try file.setMeta(key.rawValue, Packed.bytes(value))
  }

  func unpack<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(StateFailure) -> Value
  {
    guard let value = Packed.value(type, bytes) else { throw damaged() }
    return value
  }

  func damaged() -> StateFailure {
    StateFailure(path: file.path, reason: .damaged("a content cannot be read"))
  }
}
