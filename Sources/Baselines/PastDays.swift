// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The past days of a series against its profile: how the level went, and how much is known; its
/// storage serves series after series.
struct PastDays {
  private let weights: WeekWeights
  /// Events per half hour of the week that the profile says.
  private(set) var means = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)
  /// The most events of a half hour that move the level.
  private var highest = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)
  /// Weighted events and weights by half hour of working days, and of weekends.
  private var slots = [(sum: Octet, total: Octet)](
    repeating: (Octet(), Octet()), count: 2 * HalfHours.octetsPerDay)
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
  mutating func set(_ block: HistoryBlock, row: Int) {
    setMeans(block, row)
    setTotals(block, row)
    let unknown = weights.days.count - observed.count
    levels.removeAll(keepingCapacity: true)
    for _ in 0..<unknown { levels.append(1) }
    LevelFilter.addForecasts(observed: observed, profile: expected, to: &levels)
  }

  /// Events a minute of what one expects of a series that was never seen: half an event in the days
  /// so far.
  var unseen: Double { 0.5 / (1.5 + exposure) / Double(Minute.minutesPerDay) }

  /// Returns the events a minute that the profile gives a minute since 1970-01-01T00:00Z.
  func rate(at minute: Int) -> Double {
    let (day, minuteOfDay) = (minute / Minute.minutesPerDay, minute % Minute.minutesPerDay)
    let index = day - weights.days.lowerBound
    let level = levels.indices.contains(index) ? levels[index] : 1
    let weekday = Minute.weekday(ofDay: day) * HalfHours.octetsPerDay
    let bin = minuteOfDay / HalfHours.minutes
    return level * means[weekday + bin / 8][bin % 8] / Double(HalfHours.minutes)
  }

  // MARK: Means

  /// Sets the means to what the profile says, but at least half of what came in that half hour of
  /// the day on working days or weekends.
  ///
  /// Why: next to a steep edge a smooth curve swings below what is there.
  private mutating func setMeans(_ block: HistoryBlock, _ row: Int) {
    let weekend = block.profiles.weekend(row)
    sumSlots(block, row, weekend)
    for index in slots.indices {
      let (sum, total) = slots[index]
      // Where no weight is, no events are.
      slots[index].sum = 0.5 * sum / total.atLeast(Octet(repeating: 1e-100))
    }
    for octet in means.indices {
      let slot = Self.slot(octet, weekend)
      let mean = Anscombe.unbiasedInverse(block.profiles.roots(row, octet: octet))
        .atLeast(slots[slot].sum)
      means[octet] = mean
      // An incident that nobody told must not move the level far.
      let bound = 3 * mean + 4
      highest[octet] = bound + 6 * bound.squareRoot()
    }
  }

  /// Where an octet of the week is added up: by time of day, working days first.
  private static func slot(_ octet: Int, _ weekend: Weekend) -> Int {
    (weekend.contains(octet: octet) ? HalfHours.octetsPerDay : 0) + octet % HalfHours.octetsPerDay
  }

  private mutating func sumSlots(_ block: HistoryBlock, _ row: Int, _ weekend: Weekend) {
    for index in slots.indices { slots[index] = (Octet(), Octet()) }
    let weights = weights
    let values = block.values.span
    let first = max(0, block.firstDays[row] - weights.days.lowerBound)
    var slots = slots.mutableSpan
    for day in min(first, weights.perDay.count)..<weights.perDay.count {
      let (weight, weekday) = weights.perDay[day]
      let start = block.start(row, day)
      let isWhole = block.missing(row, day) & HalfHours.allBits == 0
      for octet in 0..<HalfHours.octetsPerDay {
        var shares = Octet(repeating: weight)
        if !isWhole { shares *= block.present(row, day, octet) }
        let slot = Self.slot(weekday + octet, weekend)
        slots[slot].sum += shares * values[start + octet]
        slots[slot].total += shares
      }
    }
  }

  // MARK: Totals of days

  private mutating func setTotals(_ block: HistoryBlock, _ row: Int) {
    observed.removeAll(keepingCapacity: true)
    expected.removeAll(keepingCapacity: true)
    evidence = 0
    exposure = 0
    let first = max(0, block.bornDays[row] - weights.days.lowerBound)
    for day in min(first, weights.perDay.count)..<weights.perDay.count {
      let (came, mean) = totals(block, row, day)
      observed.append(came)
      expected.append(mean)
      evidence += weights.perDay[day].weight * came
      exposure += weights.perDay[day].weight
    }
  }

  /// What came on a day, bounded, and what the profile says of the same half hours.
  private func totals(_ block: HistoryBlock, _ row: Int, _ day: Int) -> (Double, Double) {
    let weekday = weights.perDay[day].octet
    let start = block.start(row, day)
    let isWhole = block.missing(row, day) & HalfHours.allBits == 0
    let (values, means, highest) = (block.values.span, means.span, highest.span)
    var (came, mean) = (Octet(), Octet())
    for octet in 0..<HalfHours.octetsPerDay {
      var value = values[start + octet].atMost(highest[weekday + octet]).atLeast(Octet())
      var expected = means[weekday + octet]
      if !isWhole {
        let present = block.present(row, day, octet)
        value *= present
        expected *= present
      }
      came += value
      mean += expected
    }
    return (came.total, mean.total)
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
    _ block: HistoryBlock, row: Int, freedom: Double, into dispersion: inout Dispersion
  ) {
    let bins = weights.totalWeight
    let inflation = min(3, bins / max(bins - freedom, bins / 4))
    var windows = LongWindows(dispersion, inflation: inflation)
    let first = max(0, block.firstDays[row] - weights.days.lowerBound)
    for day in min(first, weights.perDay.count)..<weights.perDay.count {
      let (weight, weekday) = weights.perDay[day]
      windows.add(
        counts: block.values.span.extracting(block.start(row, day)..<block.start(row, day + 1)),
        missing: block.missing(row, day),
        means: means.span.extracting(weekday..<weekday + HalfHours.octetsPerDay),
        law: (day == 0 ? 1 : levels[day], unseen * Double(HalfHours.minutes), weight))
    }
    windows.store(in: &dispersion)
  }
}
