// SPDX-License-Identifier: Apache-2.0
import Baselines
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
  private var indices: [SeriesKey: Int] = [:]
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
  private var today: DayRun?
  /// Insights that ended on days that are over.
  public private(set) var ended: [Insight] = []
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
    model = BaselineModel(seriesCount: 0, baselineDays: options.baselineDays)
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
    if observe != nil { finishObserving() }
    return (insights.filter(options.reports), gaps)
  }

  /// Judges all days with events from one on, or from the first; the last stays at hand.
  mutating func judgeAll(from day: Int?) {
    guard let minutes, let firstDay = day ?? firstDay else { return }
    let lastDay = max(firstDay, minutes.upperBound / Minute.minutesPerDay)
    for day in firstDay...lastDay {
      begin(day: day)
      judge(until: minutes.upperBound + 1)
      if day < lastDay { finish() }
    }
  }

  /// The insights found so far, those that are open among them.
  public var insights: [Insight] { ended + insightsOfToday }

  // MARK: Counts

  /// Adds counts to those at hand.
  ///
  /// - Parameter history: events that were not there before, of any minutes.
  /// - Complexity: O(series) where new ones come, and O(1) a minute behind the last of a series.
  public mutating func absorb(_ history: CountHistory) {
    insertSeries(history.series.lazy.map(\.key).filter { indices[$0] == nil })
    for counts in history.series {
      if let index = indices[counts.key] { absorb(counts, index) }
    }
  }

  private mutating func absorb(_ counts: SeriesCounts, _ index: Int) {
    guard let first = counts.minutes.first else { return }
    let account = counts.key.recipientAccountID
    if series[index].minutes.isEmpty {
      for minute in counts.minutes { accounts.note(Int(minute), account: account) }
      series[index] = counts
    } else {
      for (position, minute) in counts.minutes.enumerated() {
        let minutesBefore = series[index].minutes.count
        series[index].add(counts.count(at: position), minute: Int(minute))
        if series[index].minutes.count > minutesBefore {
          accounts.note(Int(minute), account: account)
        }
      }
    }
    firstMinutes[index] = min(firstMinutes[index], Int(first))
    if let touched = today?.touched[index] { today?.touched[index] = min(touched, Int(first)) }
  }

  /// Makes room for keys that are new, sorted.
  mutating func insertSeries(_ keys: [SeriesKey]) {
    guard !keys.isEmpty else { return }
    var places: [Int] = []
    var merged: [SeriesCounts] = []
    merged.reserveCapacity(series.count + keys.count)
    var next = 0
    for key in keys {
      while next < series.count, series[next].key < key {
        merged.append(series[next])
        next += 1
      }
      places.append(merged.count)
      merged.append(SeriesCounts(key: key, minutes: [], counts: []))
    }
    series = merged + series[next...]
    indices = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1.key, $0) })
    firstMinutes = firstMinutes.inserting(.max, at: places)
    model.insertSeries(at: places)
    trackers = trackers.inserting(InsightTracker(), at: places)
    yesterdays = yesterdays.inserting(nil, at: places)
    today?.insertSeries(at: places)
    deliveries.regroup(series)
  }

  // MARK: A day

  /// The day that is being judged, since 1970-01-01.
  var day: Int? { today?.day }

  /// Forecasts a day; those before it are over.
  mutating func begin(day: Int) {
    today = DayRun(
      model.forecast(day: day, firstDays: series.map { firstDay(of: $0.key) }),
      budget: AlertBudget(
        alertsPerWeek: options.alertsPerWeek,
        activeMinutesPerWeek: accounts.activeMinutesPerWeek(before: day)))
  }

  /// Judges the minutes of the day up to one.
  ///
  /// A series goes on where it stood, unless older counts of it changed or a gap became known: then
  /// its day is judged anew.
  mutating func judge(until end: Int) {
    expectNewcomers()
    guard var today else { return }
    self.today = nil
    defer { self.today = today }
    deliveriesToday = deliveries
    let interruptions = deliveriesToday.watch(
      day: today.day, until: end, series: series, expectations: today.expectations)
    for index in series.indices where isPresent(index, on: today.day) {
      judge(index, of: &today, interruptions.of(series: index), until: end)
    }
  }

  private func judge(
    _ index: Int, of today: inout DayRun, _ interruptions: SeriesInterruptions, until end: Int
  ) {
    guard var seriesDay = seriesDay(index, of: today, interruptions) else { return }
    today.judged[index] = nil
    today.touched[index] = .max
    seriesDay.advance(until: end, counts: series[index], keepsStandouts: observe != nil) {
      insight(of: $0, index, asOf: $1, scorer: $2)
    }
    today.judged[index] = seriesDay
  }

  /// Returns a series' day as far as it was judged, or from its start where that no longer holds;
  /// `nil` where nothing is expected.
  private func seriesDay(
    _ index: Int, of today: DayRun, _ interruptions: SeriesInterruptions
  ) -> SeriesDay? {
    guard let expectation = today.expectations[index] else { return nil }
    if let known = today.judged[index], today.touched[index] >= known.position,
      known.interruptions == interruptions
    {
      return known
    }
    let law = laws.isEmpty ? nil : laws[index]
    let budget = today.budget
    return SeriesDay(
      expectation, interruptions: interruptions, yesterday: yesterdays[index],
      tracker: trackers[index],
      threshold: law == nil ? budget.threshold(for: expectation.baseline) : budget.threshold,
      law: law)
  }

  /// Looks at all minutes up to one, and leaves what was judged as it is.
  ///
  /// - Parameters:
  ///   - end: the first minute that is not looked at.
  ///   - told: what was told before; what is new is added.
  /// - Returns: what is new.
  mutating func preview(until end: Int, told: inout ToldInsights) -> [StreamEvent] {
    expectNewcomers()
    guard let today else { return [] }
    var deliveries = deliveries
    let interruptions = deliveries.watch(
      day: today.day, until: end, series: series, expectations: today.expectations)
    var events: [StreamEvent] = []
    for index in series.indices where isPresent(index, on: today.day) {
      guard var seriesDay = seriesDay(index, of: today, interruptions.of(series: index)),
        seriesDay.mayChange(with: series[index])
      else { continue }
      let endedBefore = seriesDay.ended.count
      seriesDay.advance(until: end, counts: series[index], keepsStandouts: false) {
        insight(of: $0, index, asOf: $1, scorer: $2)
      }
      for insight in seriesDay.ended.dropFirst(endedBefore) {
        events += told.tell(insight, isFinal: false)
      }
      if let open = seriesDay.tracker.open, !told.knows(series[index].key, open) {
        events += told.tell(openInsight(open, index, seriesDay), isFinal: false)
      }
    }
    return events
  }

  /// Takes the insights of days that are over away.
  mutating func takeEnded() -> [Insight] {
    defer { ended = [] }
    return ended
  }

  private mutating func expectNewcomers() {
    guard var today else { return }
    self.today = nil
    for index in series.indices where isPresent(index, on: today.day) {
      today.expectNewcomer(index, firstDay: firstDay(of: series[index].key))
    }
    self.today = today
  }

  /// Learns the day that was judged, and leaves it.
  mutating func finish() {
    guard let today else { return }
    for index in series.indices where isPresent(index, on: today.day) {
      learn(index, today)
    }
    ended += today.judged.flatMap { $0?.ended ?? [] }
    deliveries = deliveriesToday
    self.today = nil
  }

  private mutating func learn(_ index: Int, _ today: DayRun) {
    let judged = today.judged[index]
    var outcome = judged?.outcome ?? DayOutcome()
    let account = series[index].key.recipientAccountID
    if let first = accounts.firstMinuteOfDay(today.day, account: account) {
      outcome.missing.append(0..<first)
    }
    model.learn(
      series: index, day: today.day, counts: series[index],
      baseline: judged?.expectation.baseline, outcome: outcome)
    if let judged { observed(index, judged) }
    trackers[index] = judged?.tracker ?? trackers[index]
    yesterdays[index] = judged?.expectation
  }

  private func isPresent(_ index: Int, on day: Int) -> Bool {
    firstMinutes[index] < (day + 1) * Minute.minutesPerDay
  }

  private func firstDay(of key: SeriesKey) -> Int {
    accounts.firstMinute(of: key.recipientAccountID) / Minute.minutesPerDay
  }

  // MARK: Insights

  /// The day's insights so far, those that are open as of the last minute judged.
  private var insightsOfToday: [Insight] {
    guard let today else { return [] }
    return series.indices.flatMap { index -> [Insight] in
      guard let judged = today.judged[index] else { return [] }
      guard let open = judged.tracker.open else { return judged.ended }
      return judged.ended + [openInsight(open, index, judged)]
    }
  }

  private func openInsight(_ open: Incident, _ index: Int, _ judged: SeriesDay) -> Insight {
    insight(of: open, index, asOf: judged.position - 1, scorer: judged.scorer(series[index]))
  }

  private func insight(
    of incident: Incident, _ index: Int, asOf minute: Int, scorer: WindowScorer
  ) -> Insight {
    let account = series[index].key.recipientAccountID
    let builder = InsightBuilder(
      counts: series[index], callers: callers,
      firstMinute: Minute(sinceEpoch: accounts.firstMinute(of: account)))
    return builder.insight(of: incident, asOf: minute, scorer: scorer)
  }

  private func observed(_ index: Int, _ judged: SeriesDay) {
    observe?(
      index, judged.scorer(series[index]), (minutes?.upperBound ?? 0) + 1, judged.standouts)
  }

  private func finishObserving() {
    for (index, judged) in (today?.judged ?? []).enumerated() {
      if let judged { observed(index, judged) }
    }
  }
}
