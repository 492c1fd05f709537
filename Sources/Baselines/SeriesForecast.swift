// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What the fit says of one series' day to come, before the spread of alike series is known.
struct SeriesForecast {
  private let day: Int
  private let firstDay: Int
  /// Days that the fit looked at.
  private let daysKnown: Int
  /// Expected events per minute in each half hour of the day.
  private let rates: [Octet]
  /// Squared relative errors to expect of them, were the noise alike at all hours.
  private let uncertainties: [Octet]
  private let certainty: ProfileCertainty
  private let evidence: Double
  /// What past windows say of the spread.
  let dispersion: Dispersion
  /// Events a minute that the fit gives the times of past episodes.
  private let episodeRates: [Double]

  /// Turns the fitted profile of a series into its forecast.
  ///
  /// - Parameters:
  ///   - past: the series' days beside its profile.
  ///   - history: the block of the series, and its row in it.
  ///   - certainty: how sure the profile is.
  ///   - memory: what is remembered of it.
  init(
    _ past: PastDays, _ history: (block: HistoryBlock, row: Int), _ certainty: ProfileCertainty,
    memory: SeriesMemory
  ) {
    let (block, row) = history
    day = block.weights.day
    firstDay = block.firstDays[row]
    daysKnown = block.weights.days.count
    self.certainty = certainty
    evidence = 0.5 + past.evidence / 2
    let unseen = past.unseen
    let level = Float(past.levels[past.levels.count - 1])
    let start = Minute.weekday(ofDay: day) * HalfHours.octetsPerDay
    let means = past.means[start..<start + HalfHours.octetsPerDay]
    rates = means.map { level * $0 / Float(HalfHours.minutes) + Float(unseen) }
    // d(f²) = 2 f df, over the mean.
    uncertainties = means.indices.map { octet in
      let mean = means[octet]
      let variance = certainty.variance(octet - means.startIndex)
      return 4 * (mean + 0.375) * variance / ((mean + 0.1) * (mean + 0.1))
    }
    var dispersion = memory.dispersion
    past.measureSpread(block, row: row, freedom: certainty.freedom, into: &dispersion)
    self.dispersion = dispersion
    episodeRates = memory.schedule.episodes.map { unseen + past.rate(at: $0.start) }
  }

  /// Turns the forecast into a baseline, once the spread of alike series is known.
  func baseline(memory: SeriesMemory, prior: SpreadPrior) -> Baseline {
    let mean = rates.reduce(Octet(), +).total / Double(HalfHours.perDay)
    var spreads: [Spread] = []
    spreads.reserveCapacity(windowLengths.count)
    for (window, length) in windowLengths.enumerated() {
      var spread = prior.spread(dispersion, window: window, mean: mean * Double(length))
      // What comes in clumps within a short window does so within a long one.
      if let shorter = spreads.last { spread.alpha = max(spread.alpha, shorter.alpha) }
      spreads.append(spread)
    }
    let age = day - firstDay
    return Baseline(
      day: day, rates: rates.elements,
      uncertainties: uncertainties(spreads, isNew: isNew(memory)),
      bursts: memory.hourly.bursts + memory.schedule.bursts(onDay: day, age: age), ageDays: age,
      evidence: evidence,
      storms: StormLaw(
        storms(memory, spread: spreads[0]), minutes: daysKnown * Minute.minutesPerDay),
      spreads: spreads)
  }

  private func isNew(_ memory: SeriesMemory) -> Bool {
    day - firstDay < 7 || memory.isRelearning(day)
  }

  /// The storms among past episodes, by the present fit; what recurs is none.
  private func storms(_ memory: SeriesMemory, spread: Spread) -> [Storm] {
    let episodes = memory.schedule.episodes
    var storms: [Storm] = []
    // Most series have none, and then nobody asks what recurs.
    var recurrence: Recurrence?
    for index in episodes.indices {
      let (episode, rate) = (episodes[index], episodeRates[index])
      guard let storm = Storm(episode, rate: rate, fano: max(1.05, spread.fano(mean: rate))),
        !memory.hourly.meets(episode)
      else { continue }
      let known = recurrence ?? Recurrence(of: episodes)
      recurrence = known
      if !known.contains(episode.start) { storms.append(storm) }
    }
    return storms
  }

  /// The errors to expect, allowing for what the fit does not know.
  ///
  /// The fit takes the noise to be alike at all hours; where less comes, there is less. And a
  /// weekday that was never seen, or a level that has just moved, may be anything.
  private func uncertainties(_ spreads: [Spread], isNew: Bool) -> [Double] {
    let noise = Float(max(certainty.noise, 1e-9))
    let (alpha, beta) = (Float(1 + spreads[2].alpha), Float(spreads[3].beta))
    return uncertainties.indices.map { octet in
      let mean = rates[octet] * Float(HalfHours.minutes)
      let local = 0.25 * (alpha + beta * mean)
      let quiet = (local.atLeast(Octet(repeating: 0.25)) / noise).atMost(Octet(repeating: 1))
      let ignorance = certainty.ignorance(octet)
      let share = quiet + (1 - quiet) * ignorance.atMost(Octet(repeating: 1))
      return uncertainties[octet] * share + (isNew ? 0.5 : 0)
    }.elements
  }
}
