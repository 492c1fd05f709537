// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Insights
import Scores
import Vocabulary

/// One day of one series, judged minute by minute as far as it has come.
struct SeriesDay: Sendable {
  /// What the day is judged by, gaps and backlogs allowed for.
  let expectation: DayExpectation
  let interruptions: SeriesInterruptions
  private let yesterday: DayExpectation?
  /// The law that the series follows, for who knows it.
  private let law: (any WindowLaw)?
  private let threshold: Threshold
  private(set) var tracker: InsightTracker
  private var journal: DayJournal
  /// The minute to be judged next.
  private(set) var position: Int
  /// Whether other series had a say in what was made of it.
  private(set) var askedOthers = false
  /// Insights that ended on the day.
  private(set) var ended: [Insight] = []
  /// Minutes in which a window stood out; kept only for those who ask.
  private(set) var standouts: [(minute: Int, window: ScoredWindow)] = []

  /// Begins a day.
  ///
  /// - Parameters:
  ///   - expectation: the day's forecast, as it is without gaps.
  ///   - interruptions: the gaps and backlogs known of the day.
  ///   - yesterday: what the day before was judged by.
  ///   - tracker: as the day before left it.
  ///   - threshold: the evidence that an insight needs.
  ///   - law: the law that the series follows, for who knows it.
  init(
    _ expectation: DayExpectation, interruptions: SeriesInterruptions, yesterday: DayExpectation?,
    tracker: InsightTracker, threshold: Threshold, law: (any WindowLaw)? = nil
  ) {
    var expectation = expectation
    interruptions.apply(to: &expectation)
    self.expectation = expectation
    self.interruptions = interruptions
    self.yesterday = yesterday
    self.law = law
    self.tracker = tracker
    self.threshold = threshold
    var outcome = DayOutcome()
    outcome.missing = interruptions.masked
    journal = DayJournal(outcome, day: expectation.baseline.day)
    position = expectation.baseline.day * Minute.minutesPerDay
  }

  private var dayEnd: Int { (expectation.baseline.day + 1) * Minute.minutesPerDay }

  /// The scorer of the day.
  func scorer(_ counts: SeriesCounts) -> WindowScorer {
    WindowScorer(counts: counts, today: expectation, yesterday: yesterday, law: law)
  }

  /// Who knows the law looks for no drops.
  private var mayDrop: Bool { law == nil && expectation.mayDrop }

  /// Whether there is anything to judge: an insight that is open, events not judged yet, or events
  /// that may be missed.
  func mayChange(with counts: SeriesCounts) -> Bool {
    tracker.open != nil || mayDrop
      || counts.minutes.last.map { Int($0) >= position } ?? false
  }

  /// Judges the minutes up to one, as far as they lie on the day.
  ///
  /// - Parameters:
  ///   - end: the first minute that is not judged.
  ///   - counts: the series, of which nothing before the position has changed since.
  ///   - context: what other series did meanwhile.
  ///   - keepsStandouts: whether `standouts` are kept.
  ///   - insight: makes an insight of an incident, as of a minute.
  mutating func advance(
    until end: Int, counts: SeriesCounts, context: DayContext, keepsStandouts: Bool,
    insight: (Incident, _ asOf: Int, WindowScorer) -> Insight
  ) {
    let end = min(end, dayEnd)
    guard position < end else { return }
    let scorer = scorer(counts)
    let mayDrop = mayDrop
    while position < end {
      // A minute without events opens nothing, but for a drop.
      let active = tracker.open == nil ? Self.nextActive(from: position, counts) : position
      let look = mayDrop && tracker.open == nil ? Self.nextLook(from: position) : .max
      position = min(active, look, end)
      guard position < end else { break }
      if position == active {
        let (strongest, change) = tracker.advance(
          to: position, scorer: scorer, threshold: threshold, context: context)
        if keepsStandouts, let strongest { standouts.append((position, strongest)) }
        if case .ended(let incident) = change {
          ended.append(insight(incident, position, scorer))
          journal.note(incident, scorer: scorer)
        }
      }
      if position == look, tracker.open == nil {
        _ = tracker.lookForDrop(
          at: position, scorer: scorer, threshold: threshold, context: context)
      }
      position += 1
    }
    askedOthers = askedOthers || context.wasAsked
  }

  private static func nextActive(from minute: Int, _ counts: SeriesCounts) -> Int {
    let next = counts.lowerBound(minute)
    return next < counts.minutes.count ? Int(counts.minutes[next]) : .max
  }

  /// The minute at which a drop is looked for next: the last of each five.
  private static func nextLook(from minute: Int) -> Int { minute + 4 - minute % 5 }

  /// What the day teaches once it is over.
  var outcome: DayOutcome {
    var journal = journal
    if let open = tracker.open { journal.noteTold(open.start..<dayEnd) }
    return journal.outcome
  }
}
