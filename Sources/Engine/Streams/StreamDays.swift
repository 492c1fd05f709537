// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Vocabulary

/// The judging half of a stream: the day at hand, the one that may have begun, and the days behind.
struct StreamDays {
  /// A day that is over: what it brought and where the run stands behind it.
  struct DayOver {
    let ended: [Insight]
    let nextDay: Int
    let checkpoint: DetectionRun.Checkpoint
    let remembered: [DetectionRun.RememberedSeries]
  }

  /// Minutes between two times that a day is judged for good; in between it is looked ahead.
  private static let judgedEvery = 60

  /// Days behind whose events may still be named: an insight begins a day before its end at most.
  private static let evidenceDays = 2

  private let options: StreamOptions
  private var run: DetectionRun
  /// The run as if the day at hand were over, while events of the next day come and some of this may
  /// still: what it finds is told, and nothing of it is kept.
  private var ahead: DetectionRun?
  /// Counts with their callers: of the days behind, sealed, and of those that still grow.
  private var sealed = SealedCallers()
  private var growing: [Int: CountTable] = [:]
  /// The day to begin with, where a checkpoint says it.
  private var firstDay: Int?
  private var judgedUntil = Int.min
  /// The newest minute with an event, since 1970-01-01T00:00Z.
  private(set) var newest: Int?

  init(options: StreamOptions) {
    self.options = options
    run = DetectionRun(options: options.detection)
  }

  /// Goes on from a checkpoint.
  ///
  /// - Parameters:
  ///   - options: what the user chose.
  ///   - resumed: the run, and its counts by day: those before the restart say who made the calls, too.
  ///   - firstDay: the day to begin with.
  ///   - newest: the newest minute with an event.
  init(
    options: StreamOptions, resumed: (run: DetectionRun, counts: [Int: CountTable]),
    firstDay: Int?, newest: Int
  ) {
    self.options = options
    run = resumed.run
    growing = resumed.counts
    self.firstDay = firstDay
    self.newest = newest
    if let firstDay { seal(before: firstDay) }
  }

  var seriesCount: Int { run.series.count }
  var gaps: [Coverage.Gap] { run.gaps }

  /// Events of days that are over.
  func lateCount(in table: CountTable) -> Int {
    (run.day ?? firstDay).map { table.total(before: $0) } ?? 0
  }

  /// Adds new counts.
  mutating func absorb(_ table: consuming CountTable) {
    guard let latest = table.newestMinute else { return }
    newest = max(newest ?? latest, latest)
    let series = CountHistory.series(of: table)
    run.absorb(series)
    ahead?.absorb(series)
    let days = table.days
    guard days.count == 1, growing[days[0]]?.cellCount ?? 0 < table.cellCount else {
      for day in days { growing[day, default: CountTable()].merge(table, day: day) }
      return
    }
    // The smaller is added to the larger, which mostly is a day in one piece.
    if let smaller = growing.removeValue(forKey: days[0]) { table.merge(smaller, day: days[0]) }
    growing[days[0]] = table
  }

  // MARK: Judging

  /// Ends the day at hand if no event of it can come any more; begins the next.
  mutating func finishDayIfOver(_ outlook: StreamRun.Outlook) -> DayOver? {
    let lateness = outlook == .end ? 0 : options.latenessMinutes
    guard let newest, beginIfSettled(final: final(newest, outlook)), let day = run.day,
      newest >= (day + 1) * Minute.minutesPerDay + lateness
    else { return nil }
    lendCallers()
    defer { takeCallersBack() }
    run.judge(until: newest + 1)
    run.finish()
    let ended = run.takeEnded()
    ahead = nil
    let (checkpoint, remembered) = run.checkpoint(before: day + 1)
    run.tidyCounts(before: day + 1)
    seal(before: day + 1)
    run.begin(day: day + 1)
    judgedUntil = .min
    return DayOver(
      ended: ended, nextDay: day + 1, checkpoint: checkpoint, remembered: remembered)
  }

  /// Judges the minutes that are final, looks ahead at all others, and tells what is new.
  mutating func judge(
    _ outlook: StreamRun.Outlook, _ told: inout ToldInsights
  ) -> [StreamEvent] {
    guard let newest else { return [] }
    let isQuiet = outlook != .more
    let final = final(newest, outlook)
    guard beginIfSettled(final: final) else { return [] }
    lendCallers()
    defer { takeCallersBack() }
    var events: [StreamEvent] = []
    if isQuiet || final >= judgedUntil + Self.judgedEvery {
      run.judge(until: final)
      judgedUntil = final
      for insight in run.insights {
        events += told.tell(insight, isFinal: true)
      }
      let insights = Dictionary(grouping: run.insights, by: \.series)
      let dayEnd = (run.day ?? 0) * Minute.minutesPerDay + Minute.minutesPerDay
      events += told.withdraw(before: min(final, dayEnd)) { key, minutes in
        (insights[key] ?? []).contains { $0.overlaps(minutes) }
      }
    }
    events += run.preview(until: newest + 1, told: &told)
    events += lookAhead(newest: newest, told: &told)
    return events
  }

  /// The first minute of which events may still come.
  private func final(_ newest: Int, _ outlook: StreamRun.Outlook) -> Int {
    outlook == .more ? newest + 1 - options.latenessMinutes : newest + 1
  }

  /// Begins with the first day once its first events cannot be preceded by others.
  private mutating func beginIfSettled(final: Int) -> Bool {
    guard run.day == nil else { return true }
    guard let first = run.minutes?.lowerBound, final > first else { return false }
    run.begin(day: firstDay ?? first / Minute.minutesPerDay)
    return true
  }

  /// Judges the day after the one at hand, where it has begun.
  private mutating func lookAhead(newest: Int, told: inout ToldInsights) -> [StreamEvent] {
    guard let day = run.day, newest / Minute.minutesPerDay > day else { return [] }
    if ahead == nil {
      var next = run
      next.judge(until: newest + 1)
      next.finish()
      next.begin(day: day + 1)
      ahead = next
    }
    ahead?.callers = run.callers
    defer { ahead?.callers = CallerArchive([]) }
    return ahead?.preview(until: newest + 1, told: &told) ?? []
  }

  // MARK: Callers

  /// Lets the run see who made the calls, for as long as it judges.
  private mutating func lendCallers() {
    run.callers = CallerArchive(
      [], sealed: sealed, growing: growing.sorted { $0.key < $1.key }.map(\.value))
  }

  /// Why: while nobody else holds a table, it grows in place.
  private mutating func takeCallersBack() { run.callers = CallerArchive([]) }

  private mutating func seal(before day: Int) {
    for (other, table) in growing.sorted(by: { $0.key < $1.key }) where other < day {
      sealed.add(table, day: other)
      growing[other] = nil
    }
    sealed.dropDays(before: day - DetectionRun.historyDays)
    sealed.dropEvidence(before: day - Self.evidenceDays)
  }
}

extension Insight {
  /// Whether it lasts in some minutes.
  fileprivate func overlaps(_ minutes: Range<Int>) -> Bool {
    start.sinceEpoch < minutes.upperBound
      && minutes.lowerBound < max(start.sinceEpoch + 1, end?.sinceEpoch ?? .max)
  }
}
