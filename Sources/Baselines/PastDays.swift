// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The past days of a series against its profile: how the level went, and how much is known; its
/// storage serves series after series.
struct PastDays {
  private let weights: WeekWeights
  /// Events per half hour of the week that the profile says.
  private var means = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)
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

  /// Events that the profile says of a half hour of a weekday, by that day's first octet.
  func mean(_ weekday: Int, _ bin: Int) -> Double { means[weekday + bin / 8][bin % 8] }

  /// Returns the events a minute that the profile gives a minute since 1970-01-01T00:00Z.
  func rate(at minute: Int) -> Double {
    let (day, minuteOfDay) = (minute / Minute.minutesPerDay, minute % Minute.minutesPerDay)
    let index = day - weights.days.lowerBound
    let level = levels.indices.contains(index) ? levels[index] : 1
    let weekday = Minute.weekday(ofDay: day) * HalfHours.octetsPerDay
    return level * mean(weekday, minuteOfDay / HalfHours.minutes) / Double(HalfHours.minutes)
  }

  // MARK: Means

  /// Sets the means to what the profile says, but at least half of what came in that half hour of
  /// the day on working days or weekends.
  ///
  /// Why: next to a steep edge a smooth curve swings below what is there.
  private mutating func setMeans(_ block: HistoryBlock, _ row: Int) {
    sumSlots(block, row)
    for index in slots.indices {
      let (sum, total) = slots[index]
      slots[index].sum = (0.5 * sum / total).replacing(with: 0, where: total .<= 0)
    }
    for octet in means.indices {
      let isWeekend = octet >= 5 * HalfHours.octetsPerDay
      let slot = (isWeekend ? HalfHours.octetsPerDay : 0) + octet % HalfHours.octetsPerDay
      let mean = Anscombe.unbiasedInverse(block.profiles.roots(row, octet: octet))
        .atLeast(slots[slot].sum)
      means[octet] = mean
      // An incident that nobody told must not move the level far.
      let bound = 3 * mean + 4
      highest[octet] = bound + 6 * bound.squareRoot()
    }
  }

  private mutating func sumSlots(_ block: HistoryBlock, _ row: Int) {
    for index in slots.indices { slots[index] = (Octet(), Octet()) }
    let weights = weights
    let values = block.values.span
    let first = max(0, block.firstDays[row] - weights.days.lowerBound)
    var slots = slots.mutableSpan
    for day in min(first, weights.perDay.count)..<weights.perDay.count {
      let (weight, weekday) = weights.perDay[day]
      let slot = weekday >= 5 * HalfHours.octetsPerDay ? HalfHours.octetsPerDay : 0
      let start = block.start(row, day)
      let isWhole = block.missing(row, day) & HalfHours.allBits == 0
      for octet in 0..<HalfHours.octetsPerDay {
        var shares = Octet(repeating: weight)
        if !isWhole { shares *= block.present(row, day, octet) }
        slots[slot + octet].sum += shares * values[start + octet]
        slots[slot + octet].total += shares
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
      let value = values[start + octet].atMost(highest[weekday + octet]).atLeast(Octet())
      let present = isWhole ? Octet(repeating: 1) : block.present(row, day, octet)
      came += present * value
      mean += present * means[weekday + octet]
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
    let first = max(0, block.firstDays[row] - weights.days.lowerBound)
    for day in min(first, weights.perDay.count)..<weights.perDay.count {
      let windows = LongWindows(
        weekday: weights.perDay[day].octet, level: day == 0 ? 1 : levels[day],
        unseen: unseen * Double(HalfHours.minutes), weight: weights.perDay[day].weight,
        inflation: inflation)
      windows.add(
        counts: block.values.span.extracting(block.start(row, day)..<block.start(row, day + 1)),
        missing: block.missing(row, day), means: means.span, to: &dispersion)
    }
  }
}

/// How the windows of an hour and of four hours of a past day, side by side, teach the spread.
private struct LongWindows {
  /// Their indices in `windowLengths`.
  private static let (hour, fourHours) = (3, 4)

  /// The first octet of the day in a week of means.
  let weekday: Int
  /// The means are taken times the level, and a little more.
  let level: Double
  let unseen: Double
  let weight: Double
  let inflation: Double

  /// Adds the windows of a day, those apart in which something is missing.
  func add(
    counts: Span<Octet>, missing: UInt64, means: Span<Octet>, to dispersion: inout Dispersion
  ) {
    let dayMean = dayMean(means)
    for octet in counts.indices {
      let expected = level * means[weekday + octet] + unseen
      let (hours, events) = (
        expected.evenHalf + expected.oddHalf, counts[octet].evenHalf + counts[octet].oddHalf
      )
      let bits = missing >> UInt64(8 * octet) & 0xFF
      let squares = inflation * Self.squares(events: events, means: hours)
      let relativeRates = hours / 2 / dayMean
      for lane in 0..<4 where bits >> UInt64(2 * lane) & 3 == 0 {
        dispersion.add(
          window: Self.hour, relativeRate: relativeRates[lane], mean: hours[lane],
          square: squares[lane], weight: weight)
      }
      guard bits == 0 else { continue }
      let (four, came) = (SIMD4(repeating: hours.sum()), SIMD4(repeating: events.sum()))
      dispersion.add(
        window: Self.fourHours, relativeRate: four[0] / 8 / dayMean, mean: four[0],
        square: inflation * Self.squares(events: came, means: four)[0], weight: weight)
    }
  }

  private func dayMean(_ means: Span<Octet>) -> Double {
    var sum = Octet()
    for octet in 0..<HalfHours.octetsPerDay { sum += level * means[weekday + octet] + unseen }
    return max(sum.total / Double(HalfHours.perDay), 1e-12)
  }

  /// Squared deviations, bounded as for short windows.
  private static func squares(events: SIMD4<Double>, means: SIMD4<Double>) -> SIMD4<Double> {
    let usual = (means * (1.3 + 0.1 * means)).squareRoot()
    let deviations = (events - means).atMost(4 + 5 * usual).atLeast(-2.5 * usual)
    return deviations * deviations
  }
}
