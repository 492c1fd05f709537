// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What the fit says of one series' day to come, before the spread of alike series is known.
struct SeriesForecast {
  private let day: Int
  private let firstDay: Int
  /// Days that the fit looked at.
  private let daysKnown: Int
  /// Expected events per minute in each half hour of the day.
  private let rates: [Double]
  /// Squared relative errors to expect of them, were the noise alike at all hours.
  private let uncertainties: [Double]
  private let noise: Double
  private let ignorance: [Double]
  private let evidence: Double
  /// What past windows say of the spread.
  let dispersion: Dispersion
  /// Events a minute that the fit gives the times of past episodes.
  private let episodeRates: [Double]

  /// Turns the fitted profile of a series into its forecast.
  init(_ history: SeriesHistory, profile: SeriesProfile, memory: SeriesMemory) {
    let means = history.means(profile.roots)
    let past = PastDays(history, means: means)
    day = history.weights.day
    firstDay = history.firstDay
    daysKnown = history.weights.days.count
    noise = profile.noise
    ignorance = Array(profile.ignorance)
    evidence = 0.5 + past.evidence / 2
    // Half an event in the days so far: what one expects of a series that was never seen.
    let unseen = 0.5 / (1.5 + past.exposure) / Double(Minute.minutesPerDay)
    let start = Minute.weekday(ofDay: day) * HalfHours.perDay
    let today = means[start..<start + HalfHours.perDay]
    let level = past.levels[past.levels.count - 1]
    rates = today.map { level * $0 / Double(HalfHours.minutes) + unseen }
    // d(f²) = 2 f df, over the mean.
    uncertainties = zip(today, profile.variances).map { mean, variance -> Double in
      let error = 4 * (mean + 0.375) * variance
      return error / ((mean + 0.1) * (mean + 0.1))
    }
    var dispersion = memory.dispersion
    history.measureSpread(
      means, levels: past.levels, freedom: profile.freedom, unseen: unseen, into: &dispersion)
    self.dispersion = dispersion
    episodeRates = memory.schedule.episodes.map { unseen + past.rate(at: $0.start, means) }
  }

  /// Turns the forecast into a baseline, once the spread of alike series is known.
  func baseline(memory: SeriesMemory, prior: SpreadPrior) -> Baseline {
    let mean = rates.reduce(0, +) / Double(rates.count)
    var spreads: [Spread] = []
    for (window, length) in windowLengths.enumerated() {
      var spread = prior.spread(dispersion, window: window, mean: mean * Double(length))
      // What comes in clumps within a short window does so within a long one.
      if let shorter = spreads.last { spread.alpha = max(spread.alpha, shorter.alpha) }
      spreads.append(spread)
    }
    let age = day - firstDay
    return Baseline(
      day: day, rates: rates, uncertainties: uncertainties(spreads, memory: memory),
      bursts: memory.hourly.bursts + memory.schedule.bursts(onDay: day, age: age), ageDays: age,
      evidence: evidence,
      storms: StormLaw(
        storms(memory.schedule, spread: spreads[0]), minutes: daysKnown * Minute.minutesPerDay),
      spreads: spreads)
  }

  /// The storms among past episodes, by the present fit; what recurs is none.
  private func storms(_ schedule: Schedule, spread: Spread) -> [Storm] {
    zip(schedule.episodes, episodeRates).compactMap { episode, rate in
      schedule.isRecurring(episode.start)
        ? nil : Storm(episode, rate: rate, fano: max(1.05, spread.fano(mean: rate)))
    }
  }

  /// The errors to expect, allowing for what the fit does not know.
  ///
  /// The fit takes the noise to be alike at all hours; where less comes, there is less. And a
  /// weekday that was never seen, or a level that has just moved, may be anything.
  private func uncertainties(_ spreads: [Spread], memory: SeriesMemory) -> [Double] {
    let isNew = day - firstDay < 7 || memory.isRelearning(day)
    return uncertainties.indices.map { bin in
      let mean = rates[bin] * Double(HalfHours.minutes)
      let local = 0.25 * (1 + spreads[2].alpha + spreads[3].beta * mean)
      let quiet = min(1, max(0.25, local) / max(noise, 1e-9))
      let share = quiet + (1 - quiet) * min(1, ignorance[bin])
      return uncertainties[bin] * share + (isNew ? 0.5 : 0)
    }
  }
}

/// The past days of a series against its profile: how the level went, and how much is known.
private struct PastDays {
  private let firstDay: Int
  /// The level forecast of each day from the days before it, and of the day to come.
  let levels: [Double]
  /// Σ of the weighted events of the days that tell the level.
  private(set) var evidence = 0.0
  /// Σ of their weights.
  private(set) var exposure = 0.0

  /// Returns the events a minute that a profile of means gives a minute since 1970-01-01T00:00Z.
  func rate(at minute: Int, _ means: [Double]) -> Double {
    let (day, minuteOfDay) = (minute / Minute.minutesPerDay, minute % Minute.minutesPerDay)
    let bin = Minute.weekday(ofDay: day) * HalfHours.perDay + minuteOfDay / HalfHours.minutes
    let level = levels.indices.contains(day - firstDay) ? levels[day - firstDay] : 1
    return level * means[bin] / Double(HalfHours.minutes)
  }

  init(_ history: SeriesHistory, means: [Double]) {
    firstDay = history.weights.days.lowerBound
    var observed: [Double] = []
    var expected: [Double] = []
    for (index, day) in history.weights.days.enumerated() {
      let start = Minute.weekday(ofDay: day) * HalfHours.perDay
      var (x, e) = (0.0, 0.0)
      for bin in 0..<HalfHours.perDay where !history.isMissing(index, bin) {
        // An incident that nobody told must not move the level far.
        let highest = 3 * means[start + bin] + 4
        x += max(0, min(history.count(index, bin), highest + 6 * highest.squareRoot()))
        e += means[start + bin]
      }
      guard day >= history.bornDay else { continue }
      observed.append(x)
      expected.append(e)
      evidence += history.weights.weight(of: day) * x
      exposure += history.weights.weight(of: day)
    }
    let unknown = history.weights.days.count - observed.count
    levels =
      [Double](repeating: 1, count: unknown)
      + LevelFilter.forecasts(observed: observed, profile: expected)
  }
}

extension SeriesHistory {
  /// Events per half hour of the week that a profile says, at least half of what came in that half
  /// hour of the day on working days or weekends.
  ///
  /// Why: next to a steep edge a smooth curve swings below what is there.
  fileprivate func means(_ profile: ArraySlice<Double>) -> [Double] {
    var sums = [Double](repeating: 0, count: 2 * HalfHours.perDay)
    var totals = sums
    for (index, day) in weights.days.enumerated() where day >= firstDay {
      let start = Minute.weekday(ofDay: day) >= 5 ? HalfHours.perDay : 0
      for bin in 0..<HalfHours.perDay where !isMissing(index, bin) {
        let weight = weights.weight(of: day)
        sums[start + bin] += weight * count(index, bin)
        totals[start + bin] += weight
      }
    }
    return profile.enumerated().map { position, root in
      let isWeekend = position / HalfHours.perDay >= 5
      let slot = (isWeekend ? HalfHours.perDay : 0) + position % HalfHours.perDay
      let floor = totals[slot] > 0 ? 0.5 * sums[slot] / totals[slot] : 0
      return max(floor, Anscombe.unbiasedInverse(root))
    }
  }

  /// Adds the squared deviations of past windows of an hour and more from the present fit.
  ///
  /// The fit of a day to come is worse than that of the days it was made from: of n half hours
  /// fitted with p degrees of freedom, squares are taken n / (n − p) times as large.
  ///
  /// Why not from the forecasts of their time: those of the first two weeks were poor, and would
  /// teach a spread that is no longer there.
  fileprivate func measureSpread(
    _ means: [Double], levels: [Double], freedom: Double, unseen: Double,
    into dispersion: inout Dispersion
  ) {
    let bins = weights.perHalfHour.reduce(0, +)
    let inflation = min(3, bins / max(bins - freedom, bins / 4))
    for (index, day) in weights.days.enumerated() where day >= firstDay {
      let start = Minute.weekday(ofDay: day) * HalfHours.perDay
      let level = index == 0 ? 1 : levels[index]
      let expected = means[start..<start + HalfHours.perDay].map {
        level * $0 + unseen * Double(HalfHours.minutes)
      }
      for (window, length) in windowLengths.enumerated() where length >= 60 {
        addWindows(
          of: length / HalfHours.minutes, index, expected: expected
        ) { mean, square, relativeRate in
          dispersion.add(
            window: window, relativeRate: relativeRate, mean: mean, square: inflation * square,
            weight: weights.weight(of: day))
        }
      }
    }
  }

  /// Gives the means, squared deviations and relative rates of a day's windows of some half hours.
  private func addWindows(
    of span: Int, _ index: Int, expected: [Double],
    _ add: (_ mean: Double, _ square: Double, _ relativeRate: Double) -> Void
  ) {
    let dayMean = max(expected.reduce(0, +) / Double(HalfHours.perDay), 1e-12)
    for first in stride(from: 0, to: HalfHours.perDay, by: span) {
      let range = first..<first + span
      if range.contains(where: { isMissing(index, $0) }) { continue }
      let x = range.reduce(0) { $0 + count(index, $1) }
      let mean = expected[range].reduce(0, +)
      // Bounded, as for short windows.
      let usual = (mean * (1.3 + 0.1 * mean)).squareRoot()
      let deviation = max(-2.5 * usual, min(x - mean, 4 + 5 * usual))
      add(mean, deviation * deviation, mean / Double(span) / dayMean)
    }
  }
}
