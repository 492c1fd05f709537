// SPDX-License-Identifier: Apache-2.0
public import Bytes
import Counts
import Insights
public import Store
public import Vocabulary

/// The engine on an endless stream: events in as they come, starts and ends of insights out.
///
///     run.read(bytes, offset: offset)
///     for event in try run.settle(.more) { … }
///     try run.commit(outputLength: length)
///
/// A start is told from all events at hand; an end, and what a day teaches, once no event can come
/// any more. Both follow from the counts of a day alone, so that a stream finds what a batch finds.
public struct StreamRun: ~Copyable {
  private let options: StreamOptions
  private let state: RunState?
  private var reading: StreamReading
  private var days: StreamDays
  private var told = ToldInsights()
  /// What was covered so far.
  public private(set) var coverage: Coverage
  /// Days that ended so far.
  public private(set) var daysOver = 0
  /// Counts that are in no commit yet.
  private var uncommitted: [CountTable] = []
  /// The day of the newest minute of which no event can come, when it was settled last.
  private var settledDay = Int.max
  /// Bytes of the output that the state knew of when the run began.
  public let committedOutput: Int

  /// Creates a run, on a state file where it shall survive a kill.
  public init(options: StreamOptions, state file: StateFile? = nil) throws(StateFailure) {
    let state = file.map(RunState.init)
    try state?.adopt(options.detection)
    let newest = try state?.newestMinute()
    let firstDay = newest.map { ($0 - options.duplicateWindowMinutes) / Minute.minutesPerDay }
    let seen = try state.map { state throws(StateFailure) in
      try state.seenEvents(of: try state.daysSeen().filter { $0 >= firstDay ?? 0 })
    }
    let covered = try state?.coverage() ?? Coverage()
    let committed = try state?.committedOutput() ?? 0
    var days = StreamDays(options: options)
    var told = ToldInsights()
    if let state, let newest {
      told.restore(try state.told())
      days = StreamDays(
        options: options, resumed: try state.resume(options: options.detection),
        firstDay: try state.checkpoint()?.day, newest: newest)
    }
    // All that may fail comes before the first part that cannot be copied.
    self.options = options
    self.state = state
    self.days = days
    self.told = told
    coverage = covered.withFaultsCounted
    committedOutput = committed
    reading = StreamReading(
      options: options.detection, seen: seen ?? SeenEvents())
    if let firstDay { reading.dropDays(before: firstDay) }
  }

  /// The newest minute with an event, since 1970-01-01T00:00Z; `nil` before the first.
  public var newestMinute: Int? {
    [reading.newestSecond.map { $0 / 60 }, days.newest].compactMap { $0 }.max()
  }

  /// Whether a day has ended since all was settled last, or very many events came: whoever settles
  /// then, however fast the input comes, needs memory for a part of a day at most.
  public var isDue: Bool {
    (finalDay ?? .min) > settledDay || reading.unsettledCount >= Self.mostUnsettled
  }

  /// Events between two times that all is settled, where the caller heeds `isDue`.
  private static let mostUnsettled = 1 << 16

  private var finalDay: Int? {
    newestMinute.map { ($0 - options.latenessMinutes) / Minute.minutesPerDay }
  }

  /// Series seen so far.
  public var seriesCount: Int { days.seriesCount }

  /// Insights told that have not ended.
  public var openInsightCount: Int { told.openCount }

  /// Bytes of the state file; `nil` where there is none.
  public var stateBytes: Int? { state.flatMap { try? $0.file.size } }

  /// Reads whole values as they came; `offset` bytes came before them.
  public mutating func read(_ bytes: borrowing PaddedBuffer, offset: Int) {
    reading.read(bytes, offset: offset)
  }

  /// What is to be expected of the input.
  public enum Outlook: Sendable {
    /// Events as late as the lateness allows.
    case more
    /// Nothing more of the minutes at hand, for the input has been quiet.
    case quiet
    /// Nothing at all: the input has ended, and no later run goes on.
    case end
  }

  /// Judges what was read since the last time.
  ///
  /// - Returns: what is to be told, in order.
  public mutating func settle(_ outlook: Outlook) throws(StateFailure) -> [StreamEvent] {
    settledDay = finalDay ?? .max
    var (tables, covered) = reading.take()
    let lateCount = tables.reduce(0) { $0 + days.lateCount(in: $1) }
    covered.notices["late_events", default: 0] += lateCount
    if covered.notices["late_events"] == 0 { covered.notices["late_events"] = nil }
    coverage.merge(covered)
    if state != nil { uncommitted += tables }
    // The days in order, and each table given away, so that it can grow where it is.
    tables.reverse()
    while let table = tables.popLast() { days.absorb(table) }
    var events: [StreamEvent] = []
    while let over = days.finishDayIfOver(outlook) { events += try leave(over) }
    events += days.judge(outlook, &told)
    coverage.series = days.seriesCount
    coverage.gaps = days.gaps
    if told.withdrawnCount > 0 { coverage.notices["withdrawn_starts"] = told.withdrawnCount }
    return events
  }

  /// Tells what a day that is over brought, and saves what it taught.
  private mutating func leave(_ over: StreamDays.DayOver) throws(StateFailure) -> [StreamEvent] {
    var events: [StreamEvent] = []
    for insight in over.ended { events += told.tell(insight, isFinal: true) }
    let day = over.nextDay
    daysOver += 1
    told.drop(endedBefore: (day - 2) * Minute.minutesPerDay)
    reading.forgetTexts()
    let oldest = day * Minute.minutesPerDay - options.duplicateWindowMinutes
    reading.dropDays(before: oldest / Minute.minutesPerDay)
    reading.sealDays(before: day)
    guard let state else { return events }
    try saveCounts(to: state)
    try state.save(over.ended)
    try state.save(over.checkpoint, over.remembered)
    try state.tidyCounts(before: day, baselineDays: options.detection.baselineDays)
    try state.file.told.drop(endedBefore: Minute(day: day - 2))
    try state.file.compact()
    return events
  }

  private mutating func saveCounts(to state: RunState) throws(StateFailure) {
    for table in uncommitted { try state.append(table) }
    uncommitted = []
  }

  // MARK: Saving

  /// Saves all that was read and told; without a state file, does nothing.
  ///
  /// `outputLength` says how many bytes of the output are on the disk by now; it is `nil` where the
  /// output is no file.
  public mutating func commit(outputLength: Int?) throws(StateFailure) {
    let marks = reading.takeFreshMarks()
    guard let state, let newest = newestMinute else { return }
    try saveCounts(to: state)
    try state.append(marks)
    for told in told.takeChanged() { try state.save(told) }
    try state.setNewestMinute(newest)
    if let outputLength { try state.setCommittedOutput(outputLength) }
    try state.replace(coverage)
    try state.file.commit()
  }

  /// Takes the faults since the last time away; the coverage goes on counting them.
  public mutating func takeFaults() -> [Fault] {
    let faults = coverage.faults
    coverage = coverage.withFaultsCounted
    return faults
  }
}

extension Coverage {
  /// The same with its faults as mere numbers, for an endless run may meet very many.
  fileprivate var withFaultsCounted: Coverage {
    var counted = self
    for fault in faults { counted.omittedFaults[fault.kind.rawValue, default: 0] += 1 }
    counted.faults = []
    return counted
  }
}
