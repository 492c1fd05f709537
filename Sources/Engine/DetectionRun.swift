// SPDX-License-Identifier: Apache-2.0
public import Baselines
public import Counts
public import Insights
import LinearAlgebra
public import Scores
public import Vocabulary

/// Runs the stages behind counting, day by day, over counts that may still grow.
///
/// A day is forecast from the days before it, judged minute by minute, and then learnt. What is told
/// of a day follows from its counts and the days before alone, never from the order or the portions
/// in which the counts came: a batch, a stream and nightly runs tell the same.
public struct DetectionRun {
  /// What the user chose.
  public let options: DetectionOptions
  /// All series ever seen, by key; of long runs, their last days only.
  public internal(set) var series: [SeriesCounts]
  var indices: [SeriesKey: Int] = [:]
  /// Who made the calls.
  public var callers: CallerArchive
  /// The first minute of each series.
  var firstMinutes: [Int]
  var accounts: AccountClock
  var model: BaselineModel
  var trackers: [InsightTracker]
  /// By series, what the day before was judged by.
  var yesterdays: [DayExpectation?]
  var deliveries: DeliveryWatch
  /// The watch, the day at hand included as far as it was judged.
  var deliveriesToday: DeliveryWatch
  var today: DayRun?
  /// Insights that ended on days that are over.
  public internal(set) var ended: [Insight] = []
  /// Told each day of each series that is over, for whoever wants more than insights.
  public var observe: DayObserver?
  /// The laws of the series by index, where they are known: judged by them, a trail shows what a
  /// detector could find at best.
  public var laws: [(any WindowLaw)?] = []

  /// Takes the series' index, the day's scorer, the minute behind the last with data, and the
  /// minutes in which a window stood out.
  public typealias DayObserver = (
    _ series: Int, _ scorer: WindowScorer, _ end: Int,
    _ standouts: [(minute: Int, window: ScoredWindow)]
  ) -> Void

  /// Creates a run over a whole history.
  public init(history: CountHistory, options: DetectionOptions) {
    self.init(options: options)
    absorb(history)
    callers = CallerArchive([history])
  }

  /// Creates a run that knows nothing.
  public init(options: DetectionOptions) {
    setBLASThreadCount(1)
    self.options = options
    series = []
    callers = CallerArchive([])
    firstMinutes = []
    accounts = AccountClock()
    model = BaselineModel(
      seriesCount: 0, baselineDays: options.baselineDays, spread: options.model.spread)
    trackers = []
    yesterdays = []
    deliveries = DeliveryWatch([])
    deliveriesToday = deliveries
  }

  /// The minutes with events, from the first to the last; `nil` without events.
  public var minutes: ClosedRange<Int>? { accounts.minutes }

  /// The gaps found so far.
  public var gaps: [Coverage.Gap] { deliveriesToday.gaps }

  /// The first day with events; `nil` without events.
  var firstDay: Int? { minutes.map { $0.lowerBound / Minute.minutesPerDay } }

  /// Runs over all days; returns the insights in the chosen time range and the gaps found.
  public mutating func run() -> (insights: [Insight], gaps: [Coverage.Gap]) {
    judgeAll(from: nil)
    if observe != nil { observeToday() }
    return (insights.filter(options.reports), gaps)
  }

  /// Judges all days with events from one on, or from the first; the last stays at hand.
  mutating func judgeAll(from day: Int?) {
    guard let minutes, let firstDay = day ?? firstDay else { return }
    judgeAll(from: firstDay, until: minutes.upperBound + 1) { _, _ in }
  }

  /// Judges all days from one up to that of a minute, which stays at hand.
  ///
  /// - Parameters:
  ///   - firstDay: the first to be judged, also where it has not begun.
  ///   - end: the minute behind the last with events.
  ///   - prepare: told each day before it begins.
  /// - Throws: what `prepare` throws.
  mutating func judgeAll<Failure: Error>(
    from firstDay: Int, until end: Int,
    before prepare: (DetectionRun, _ day: Int) throws(Failure) -> Void
  ) throws(Failure) {
    let lastDay = max(firstDay, (end - 1) / Minute.minutesPerDay)
    for day in firstDay...lastDay {
      try prepare(self, day)
      begin(day: day)
      judge(until: end)
      if day < lastDay { finish() }
    }
  }

  /// What the series show of the spread that they share, as of the day at hand.
  public var spreadEvidence: SpreadEvidence { today?.forecast.spreadEvidence ?? SpreadEvidence() }

  /// The insights found so far, those that are open among them.
  public var insights: [Insight] { ended + insightsOfToday }
}
