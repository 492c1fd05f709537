// SPDX-License-Identifier: Apache-2.0
import Baselines
public import Counts
public import Insights
import LinearAlgebra
public import Scores
public import Vocabulary

/// Runs the stages behind counting over a history, day by day.
///
/// A day is forecast from the days before it, scored minute by minute, and then learnt. All that is
/// told of a minute rests on that minute and earlier ones.
public struct DetectionRun {
  private let history: CountHistory
  private let options: DetectionOptions
  private let accounts: AccountClock
  private var model: BaselineModel
  private var trackers: [InsightTracker]
  /// By series, the day forecast last.
  private var expectations: [DayExpectation?]
  private var deliveries: DeliveryWatch
  private var found: [Insight] = []
  /// Told each day of each series that was scored, for whoever wants more than insights.
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

  /// Creates a run over a history.
  public init(history: CountHistory, options: DetectionOptions) {
    self.history = history
    self.options = options
    accounts = AccountClock(history)
    model = BaselineModel(seriesCount: history.series.count, baselineDays: options.baselineDays)
    trackers = Array(repeating: InsightTracker(), count: history.series.count)
    expectations = Array(repeating: nil, count: history.series.count)
    deliveries = DeliveryWatch(history)
  }

  /// Runs over all days; returns the insights in the chosen time range and the gaps found.
  public mutating func run() -> (insights: [Insight], gaps: [Coverage.Gap]) {
    setBLASThreadCount(1)
    guard let range = accounts.minutes else { return ([], []) }
    for day in range.start.day...(range.end - 1).day { run(day: day, until: range.end.sinceEpoch) }
    let insights = found.filter { insight in
      let start = insight.start.sinceEpoch * 60
      return options.from.map { start >= $0.secondsSinceEpoch } ?? true
        && options.to.map { start < $0.secondsSinceEpoch } ?? true
    }
    return (insights, deliveries.gaps)
  }

  // MARK: A day

  private mutating func run(day: Int, until end: Int) {
    let present = history.series.indices.filter { index in
      Int(history.series[index].minutes[0]) < (day + 1) * 1440
    }
    let forecast = present.filter { accounts.firstDay(ofSeries: $0) < day }
    let baselines = model.forecast(
      day: day, series: forecast, firstDays: forecast.map { accounts.firstDay(ofSeries: $0) })
    var today: [DayExpectation?] = Array(repeating: nil, count: history.series.count)
    for (index, baseline) in zip(forecast, baselines) { today[index] = DayExpectation(baseline) }
    let interruptions = deliveries.watch(
      day: day, until: end, history: history, expectations: today)
    let budget = AlertBudget(
      alertsPerWeek: options.alertsPerWeek,
      activeMinutesPerWeek: accounts.activeMinutesPerWeek(before: day))
    for index in present {
      var outcome = DayOutcome()
      outcome.missing = interruptions.masked(series: index)
      if let first = accounts.firstMinuteOfDay(day, series: index) {
        outcome.missing.append(0..<first)
      }
      if var expectation = today[index] {
        interruptions.apply(to: &expectation, series: index)
        today[index] = expectation
        outcome = score(
          index, expectation, until: end, budget: budget, outcome: outcome)
      }
      model.learn(
        series: index, day: day, counts: history.series[index],
        baseline: today[index]?.baseline, outcome: outcome)
    }
    expectations = today
  }

  /// Advances a series' tracker over a day; returns what the day teaches.
  private mutating func score(
    _ index: Int, _ expectation: DayExpectation, until end: Int, budget: AlertBudget,
    outcome: DayOutcome
  ) -> DayOutcome {
    let counts = history.series[index]
    let dayStart = expectation.baseline.day * 1440
    let dayEnd = min(dayStart + 1440, end)
    let law = laws.isEmpty ? nil : laws[index]
    let scorer = WindowScorer(
      counts: counts, today: expectation, yesterday: expectations[index], law: law)
    let threshold = law == nil ? budget.threshold(for: expectation.baseline) : budget.threshold
    var journal = DayJournal(outcome, day: expectation.baseline.day)
    var standouts: [(minute: Int, window: ScoredWindow)] = []
    var minute = dayStart
    while minute < dayEnd {
      if trackers[index].open == nil {
        let next = counts.lowerBound(minute)
        guard next < counts.minutes.count, Int(counts.minutes[next]) < dayEnd else { break }
        minute = Int(counts.minutes[next])
      }
      let (strongest, change) = trackers[index].advance(
        to: minute, scorer: scorer, threshold: threshold)
      if let strongest, observe != nil { standouts.append((minute, strongest)) }
      if case .ended(let incident) = change {
        record(incident, index, asOf: minute, scorer: scorer)
        journal.note(incident, scorer: scorer)
      }
      minute += 1
    }
    observe?(index, scorer, end, standouts)
    if let open = trackers[index].open {
      journal.noteTold(open.start..<dayEnd)
      if dayEnd == end { record(open, index, asOf: dayEnd - 1, scorer: scorer) }
    }
    return journal.outcome
  }

  private mutating func record(
    _ incident: Incident, _ index: Int, asOf minute: Int, scorer: WindowScorer
  ) {
    let builder = InsightBuilder(
      history: history, seriesIndex: index,
      firstMinute: Minute(sinceEpoch: accounts.firstMinute(ofSeries: index)))
    found.append(builder.insight(of: incident, asOf: minute, scorer: scorer))
  }
}
