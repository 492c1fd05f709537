// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The past days of a series against its profile: how the level went, and how much is known; its
/// storage serves series after series.
struct PastDays {
  private let weights: WeekWeights
  /// Events per half hour of the week that the profile says.
  private(set) var means = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)
  private var slots = DaySlots()
  private var observed: [Double] = []
  private var expected: [Double] = []
  /// The level forecast of each day from the days before it, and of the day to come.
  private(set) var levels: [Double] = []
  /// Σ of the weighted events of the days that tell the level.
  private(set) var evidence = 0.0
  /// Σ of their weights.
  private var exposure = 0.0

  init(weights: WeekWeights) { self.weights = weights }

  /// Looks at a series whose block is fitted.
  mutating func set(_ history: HistoryBlock, _ profiles: FittedProfiles, row: Int) {
    setMeans(history, profiles, row)
    setTotals(history, row)
    let unknown = weights.days.count - observed.count
    levels.removeAll(keepingCapacity: true)
    for _ in 0..<unknown { levels.append(1) }
    LevelFilter.addForecasts(observed: observed, profile: expected, to: &levels)
  }

  /// Events a minute of what one expects of a series that was never seen: an event in the days so
  /// far.
  var unseen: Double { 1 / (1.5 + exposure) / Double(Minute.minutesPerDay) }

  /// Returns the events a minute that the profile gives a minute since 1970-01-01T00:00Z.
  func rate(at minute: Int) -> Double {
    let (day, minuteOfDay) = (minute / Minute.minutesPerDay, minute % Minute.minutesPerDay)
    let index = day - weights.days.lowerBound
    let level = levels.indices.contains(index) ? levels[index] : 1
    let weekday = Minute.weekday(ofDay: day) * HalfHours.octetsPerDay
    let bin = minuteOfDay / HalfHours.minutes
    return level * Double(means[weekday + bin / 8][bin % 8]) / Double(HalfHours.minutes)
  }

  /// Sets the means to what the profile says, but at least half of what came in that half hour of
  /// the day on working days or weekends.
  ///
  /// Why: next to a steep edge a smooth curve swings below what is there.
  private mutating func setMeans(_ history: HistoryBlock, _ profiles: FittedProfiles, _ row: Int) {
    slots.add(history, row: row, weekend: profiles.weekend(row))
    profiles.copyRoots(row, into: &means)
    for octet in means.indices {
      means[octet] = Anscombe.unbiasedInverse(means[octet]).atLeast(0.5 * slots.mean(octet))
    }
  }

  // MARK: Totals of days

  private mutating func setTotals(_ history: HistoryBlock, _ row: Int) {
    observed.removeAll(keepingCapacity: true)
    expected.removeAll(keepingCapacity: true)
    evidence = 0
    exposure = 0
    for day in history.bornDay(row)..<weights.perDay.count {
      let (came, mean) = totals(history, row, day)
      observed.append(came)
      expected.append(mean)
      evidence += weights.perDay[day].weight * came
      exposure += weights.perDay[day].weight
    }
  }

  /// What came on a day, bounded, and what the profile says of the same half hours.
  private func totals(_ history: HistoryBlock, _ row: Int, _ day: Int) -> (Double, Double) {
    let weekday = weights.perDay[day].octet
    let (start, missing) = (history.start(row, day), history.missing(row, day))
    let (roots, means) = (history.roots.span, means.span)
    var (came, mean) = (Octet(), Octet())
    for octet in 0..<HalfHours.octetsPerDay {
      var expected = means[weekday + octet]
      var value = Self.bounded(Anscombe.counts(roots[start + octet]), mean: expected)
      if missing != 0 {
        let present = Octet.present(missing, octet)
        value *= present
        expected *= present
      }
      came += value
      mean += expected
    }
    return (came.total, mean.total)
  }

  /// Takes back what is far above its mean: an incident that nobody told must not move the level
  /// far.
  @inline(__always)
  private static func bounded(_ events: Octet, mean: Octet) -> Octet {
    let bound = 3 * mean + 4
    var result = events.atLeast(Octet())
    // Few are so far above that the root is worth its time.
    if (events - bound).largest > 0 {
      for lane in result.indices {
        result[lane] = min(result[lane], bound[lane] + 6 * bound[lane].squareRoot())
      }
    }
    return result
  }

  // MARK: Spread

  /// Adds the squared deviations of past windows of an hour and more from the present fit.
  ///
  /// The fit of a day to come is worse than that of the days it was made from: of n half hours
  /// fitted with p degrees of freedom, squares are taken n / (n − p) times as large.
  ///
  /// Why not from the forecasts of their time: those of the first two weeks were poor, and would
  /// teach a spread that is no longer there.
  func measureSpread(
    _ history: HistoryBlock, row: Int, freedom: Double, into dispersion: inout Dispersion
  ) {
    let bins = weights.totalWeight
    let inflation = min(3, bins / max(bins - freedom, bins / 4))
    var windows = LongWindows(inflation: Float(inflation))
    let unseen = Float(unseen * Double(HalfHours.minutes))
    for day in history.firstDay(row)..<weights.perDay.count {
      let (weight, weekday) = weights.perDay[day]
      let start = history.start(row, day)
      windows.add(
        roots: history.roots.span.extracting(start..<start + HalfHours.octetsPerDay),
        missing: history.missing(row, day),
        means: means.span.extracting(weekday..<weekday + HalfHours.octetsPerDay),
        law: (day == 0 ? 1 : Float(levels[day]), unseen, Float(weight)))
    }
    windows.add(to: &dispersion)
  }
}
