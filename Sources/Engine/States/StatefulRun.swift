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
    var read = try await read(listing, newest: newest)
    try state.append(read.table)
    var insights = try state.insights()
    if let latest = [newest, read.table.newestMinute].compactMap({ $0 }).max() {
      try state.setNewestMinute(latest)
      insights += try judge(&read, latest: latest)
      try noteFiles(listing, faults: read.coverage.faults, day: latest / Minute.minutesPerDay)
      try state.append(read.admission.seen.takeFreshMarks())
    }
    try state.save(read.coverage)
    try state.file.compact()
    try state.file.commit()
    return Findings(
      insights: insights.filter(batch.options.reports), coverage: try state.coverage(),
      alertsPerWeek: batch.options.alertsPerWeek)
  }

  /// Days before the newest whose known events are at hand before anything is read.
  private static let daysAtHand = 2

  /// Reads what is new; an event is known again for as long as its counts are kept.
  ///
  /// Nearly always all new events are of the last days. Where a file brought some of an older day,
  /// all is read again with that day's known events at hand: a night need not load those of months.
  private func read(
    _ listing: BatchRun.Listing, newest: Int?
  ) async throws(StateFailure) -> BatchRun.Read {
    let known = Set(try state.daysSeen())
    let firstDay = (newest ?? 0) / Minute.minutesPerDay - Self.daysAtHand
    let isReadOnce = listing.files.contains(.standardInput)
    let days = known.filter { isReadOnce || $0 >= firstDay }
    let read = await batch.read(
      listing, admission: Admission(seen: try state.seenEvents(of: days)))
    let missed = known.intersection(read.admission.seen.freshDays).subtracting(days)
    guard !missed.isEmpty else { return read }
    return await batch.read(
      listing, admission: Admission(seen: try state.seenEvents(of: days.union(missed))))
  }

  /// Judges all days that are not settled, and saves the checkpoint before the first that may still
  /// change; returns the insights of those days.
  private func judge(_ read: inout BatchRun.Read, latest: Int) throws(StateFailure) -> [Insight] {
    var run = try state.run(options: batch.options)
    guard let firstDay = try state.checkpoint()?.day ?? run.firstDay else { return [] }
    let late = read.table.total(before: firstDay)
    if late > 0 { read.coverage.notices["late_events", default: 0] += late }
    let settledDay = max(firstDay, (latest - Self.lateness) / Minute.minutesPerDay)
    try run.judgeAll(from: firstDay, until: latest + 1) { run, day throws(StateFailure) in
      guard day == settledDay else { return }
      try state.save(run.ended)
      let (checkpoint, series) = run.checkpoint(before: day)
      try state.save(checkpoint, series)
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
