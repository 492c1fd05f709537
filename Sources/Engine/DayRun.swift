// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Scores
import Vocabulary

/// The day that a run is at: its forecast, and what was made of its minutes so far.
struct DayRun: Sendable {
  let forecast: DayForecast
  let budget: AlertBudget
  /// By series, what the day expects before gaps and backlogs are known; `nil` on the first day of
  /// an account.
  private(set) var expectations: [DayExpectation?]
  /// What is expected of a series that was never seen, by the first day of its account: a fit each.
  private var newcomers: [Int: DayExpectation] = [:]
  /// By group of the delivery watch, what all its series expect of each minute.
  private(set) var expectedByGroup: [[Double]] = []
  /// Whether series came since it was summed up.
  private var hasNews = true
  /// By series, how far it was judged; `nil` where nothing is expected or nothing was judged yet.
  var judged: [SeriesDay?]
  /// By series, the oldest minute whose count changed since it was judged.
  var touched: [Int]
  /// The oldest minute of any series whose count changed since the day was judged last.
  private(set) var oldestTouch = Int.max

  init(_ forecast: DayForecast, budget: AlertBudget) {
    self.forecast = forecast
    self.budget = budget
    expectations = forecast.baselines.map { $0.map { DayExpectation($0) } }
    judged = Array(repeating: nil, count: expectations.count)
    touched = Array(repeating: .max, count: expectations.count)
  }

  var day: Int { forecast.day }

  /// Gives a series that was never seen before what is expected of such a one.
  mutating func expectNewcomer(_ index: Int, firstDay: Int) {
    guard expectations[index] == nil, let expectation = newcomer(firstDay: firstDay) else { return }
    expectations[index] = expectation
    hasNews = true
  }

  private mutating func newcomer(firstDay: Int) -> DayExpectation? {
    if let known = newcomers[firstDay] { return known }
    newcomers[firstDay] = forecast.newcomer(firstDay: firstDay).map { DayExpectation($0) }
    return newcomers[firstDay]
  }

  /// Sums up what the groups expect, unless it is known.
  ///
  /// Why: a stream looks at the day every second, and next to it all else is little.
  mutating func sumUp(by watch: DeliveryWatch) {
    guard hasNews else { return }
    expectedByGroup = watch.expectedByGroup(expectations)
    hasNews = false
  }

  /// Notes which minutes changed, before any series is judged again.
  mutating func noteTouches() { oldestTouch = touched.min() ?? .max }

  /// Makes room for series that come on the day.
  mutating func insertSeries(at indices: [Int]) {
    hasNews = true
    expectations = expectations.inserting(nil, at: indices)
    judged = judged.inserting(nil, at: indices)
    touched = touched.inserting(.max, at: indices)
  }
}
