// SPDX-License-Identifier: Apache-2.0
import Counts
public import Insights
import ObjectStores
public import Store
import Trails
import Vocabulary

/// A run that goes on where the one before it stopped: it reads files that are new, and judges the
/// days that may have changed.
public struct StatefulRun {
  /// Events that may still come after a day: it stays open until the newest event is so far past
  /// its end, in minutes.
  public static let lateness = 15
  /// Minutes for which events are known again.
  public static let duplicateWindow = 48 * 60

  private let batch: BatchRun
  private let state: RunState

  /// Creates a run on a state file that was opened for writing.
  public init(_ batch: BatchRun, state file: StateFile) {
    self.batch = batch
    state = RunState(file: file)
  }

  /// Reads what is new, finds insights, and saves all.
  ///
  /// - Returns: all insights that the state knows, in the chosen time range, and what all runs on it
  ///   covered; the faults are those of this run.
  /// - Throws: `StateFailure`, or `S3Failure` where an object store cannot be listed.
  public func detect(paths: [String]) async throws -> Findings {
    try state.adopt(batch.options)
    let newest = try state.newestMinute()
    var listing = try await batch.list(paths)
    try listing.removeFiles { try state.file.files.knows($0.path, size: $0.size, stamp: $0.stamp) }
    let seen = try state.seenEvents(since: newest.map { Self.firstDayKnown(newest: $0) } ?? 0)
    var read = await batch.read(listing, admission: Admission(seen: seen))
    try state.append(read.table)
    var insights = try state.insights()
    if let latest = [newest, read.table.newestMinute].compactMap({ $0 }).max() {
      try state.setNewestMinute(latest)
      insights += try judge(&read, latest: latest)
      try noteFiles(listing, faults: read.coverage.faults, day: latest / Minute.minutesPerDay)
      try state.save(&read.admission.seen, since: Self.firstDayKnown(newest: latest))
    }
    try state.save(read.coverage)
    try state.file.compact()
    try state.file.commit()
    return Findings(
      insights: insights.filter(batch.options.reports), coverage: try state.coverage(),
      alertsPerWeek: batch.options.alertsPerWeek)
  }

  private static func firstDayKnown(newest: Int) -> Int {
    (newest - duplicateWindow) / Minute.minutesPerDay
  }

  /// Judges all days that are not settled, and saves the checkpoint before the first that may still
  /// change; returns the insights of those days.
  private func judge(_ read: inout BatchRun.Read, latest: Int) throws(StateFailure) -> [Insight] {
    var run = try state.run(options: batch.options)
    guard let firstDay = try state.checkpoint()?.day ?? run.firstDay else { return [] }
    let late = read.table.total(before: firstDay)
    if late > 0 { read.coverage.notices["late_events", default: 0] += late }
    let settledDay = max(firstDay, (latest - Self.lateness) / Minute.minutesPerDay)
    for day in firstDay...max(firstDay, latest / Minute.minutesPerDay) {
      if day == settledDay {
        try state.save(run.ended)
        let (checkpoint, series) = run.checkpoint(before: day)
        try state.save(checkpoint, series)
      }
      run.begin(day: day)
      run.judge(until: latest + 1)
      if day < latest / Minute.minutesPerDay { run.finish() }
    }
    try state.tidyCounts(before: settledDay, baselineDays: batch.options.baselineDays)
    read.coverage.gaps = run.gaps
    read.coverage.series = run.series.count
    return run.insights
  }

  /// Files that could not be opened are tried again next time.
  private func noteFiles(
    _ listing: BatchRun.Listing, faults: [Fault], day: Int
  ) throws(StateFailure) {
    let unreadable = Set(faults.lazy.filter { $0.kind == .unreadable }.map(\.file))
    for file in listing.allFiles where file != .standardInput && !unreadable.contains(file.path) {
      try state.file.files.note(file.path, size: file.size, stamp: file.stamp, day: day)
    }
  }
}
