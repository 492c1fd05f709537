// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Insights
import Scores
import Vocabulary

/// A day from its forecast to what it teaches.
extension DetectionRun {
  /// The day that is being judged, since 1970-01-01.
  var day: Int? { today?.day }

  /// Forecasts a day; those before it are over.
  mutating func begin(day: Int) {
    today = DayRun(
      model.forecast(day: day, firstDays: series.map { firstDay(of: $0.key) }),
      budget: AlertBudget(
        alertsPerWeek: options.alertsPerWeek,
        activeMinutesPerWeek: accounts.activeMinutesPerWeek(before: day), model: options.model))
  }

  /// Judges the minutes of the day up to one.
  ///
  /// A series goes on where it stood, unless older counts of it changed or a gap became known: then
  /// its day is judged anew.
  mutating func judge(until end: Int) {
    guard let (interruptions, watch) = survey(until: end), var today else { return }
    self.today = nil
    defer { self.today = today }
    deliveriesToday = watch
    let around = DayContext.Activity(series, today, yesterdays: yesterdays, indices: indices)
    for index in series.indices where isPresent(index, on: today.day) {
      judge(index, of: &today, around, interruptions.of(series: index), until: end)
    }
  }

  private func judge(
    _ index: Int, of today: inout DayRun, _ around: DayContext.Activity,
    _ interruptions: SeriesInterruptions, until end: Int
  ) {
    guard var seriesDay = seriesDay(index, of: today, interruptions) else { return }
    today.judged[index] = nil
    today.touched[index] = .max
    seriesDay.advance(
      until: end, counts: series[index], context: DayContext(index, around),
      keepsStandouts: observe != nil
    ) {
      insight(of: $0, index, asOf: $1, scorer: $2)
    }
    today.judged[index] = seriesDay
  }

  /// Returns a series' day as far as it was judged, or from its start where that no longer holds;
  /// `nil` where nothing is expected.
  func seriesDay(
    _ index: Int, of today: DayRun, _ interruptions: SeriesInterruptions
  ) -> SeriesDay? {
    guard let expectation = today.expectations[index] else { return nil }
    if let known = today.judged[index], today.touched[index] >= known.position,
      known.interruptions == interruptions,
      !known.askedOthers || today.oldestTouch >= known.position
    {
      return known
    }
    let law = laws.isEmpty ? nil : laws[index]
    let budget = today.budget
    return SeriesDay(
      expectation, interruptions: interruptions, yesterday: yesterdays[index],
      tracker: trackers[index],
      threshold: law == nil
        ? budget.threshold(for: expectation.baseline) : Threshold(wellKnown: budget.threshold),
      law: law)
  }

  /// Looks over the day up to a minute: newcomers get what is expected of them, and gaps show.
  mutating func survey(
    until end: Int
  ) -> (interruptions: Interruptions, watch: DeliveryWatch)? {
    guard var today else { return nil }
    self.today = nil
    for index in series.indices where isPresent(index, on: today.day) {
      today.expectNewcomer(index, firstDay: firstDay(of: series[index].key))
    }
    today.sumUp(by: deliveries)
    today.noteTouches()
    self.today = today
    var watch = deliveries
    let interruptions = watch.watch(today, until: end, series: series)
    return (interruptions, watch)
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

  func isPresent(_ index: Int, on day: Int) -> Bool {
    firstMinutes[index] < (day + 1) * Minute.minutesPerDay
  }

  private func firstDay(of key: SeriesKey) -> Int {
    accounts.firstMinute(of: key.recipientAccountID) / Minute.minutesPerDay
  }
}
