// SPDX-License-Identifier: Apache-2.0

extension SeriesFamily {
  /// Draws the law of a series of this family, before the trail's rates are set to its size.
  func drawLaw(_ rhythm: TrailRhythm, _ random: inout SeededGenerator) -> SeriesLaw {
    var law = SeriesLaw(
      rate: random.logUniform(0.004, 1.5), profile: flatProfile(&random),
      effects: drawEffects(&random))
    switch self {
    case .steady: break
    case .diurnal, .background: law.profile = businessProfile(&random)
    case .sparse: makeSparse(&law, &random)
    case .scheduled: makeScheduled(&law, &random)
    case .clumpy: makeClumpy(&law, &random)
    case .growth:
      law.profile = random.chance(0.5) ? businessProfile(&random) : law.profile
      law.growth = random.uniform(1.4, 3)
    case .errorProne:
      return random.element(of: [Self.steady, .diurnal, .sparse]).drawLaw(rhythm, &random)
    case .failingCalls: law.rate = 0
    case .unseen: law = SeriesLaw(unseenIn: law.profile)
    case .newcomer:
      law.rate = random.logUniform(1, 6) / 1440
      law.firstMinute = random.integer(rhythm.minuteCount / 3, rhythm.minuteCount * 4 / 5)
    }
    return law
  }

  /// Whether the rate follows the size that is asked for; the others have a rate of their own.
  var isScalable: Bool {
    switch self {
    case .steady, .diurnal, .clumpy, .growth, .scheduled: true
    default: false
    }
  }
}

extension SeriesLaw {
  /// A series that is never called, as far as a trail can tell: a call in two months.
  fileprivate init(unseenIn profile: [Double]) {
    self.init(
      rate: 1 / (60 * 1440), profile: profile, effects: Effects(minute: 0, halfHour: 0, day: 0))
  }
}

private func drawEffects(_ random: inout SeededGenerator) -> SeriesLaw.Effects {
  SeriesLaw.Effects(
    minute: random.logUniform(0.02, 0.6), halfHour: random.logUniform(0.01, 0.15),
    day: random.logUniform(0.003, 0.03))
}

private func makeSparse(_ law: inout SeriesLaw, _ random: inout SeededGenerator) {
  let rate = random.logUniform(3.0 / 10080, 3.0 / 60)
  law.profile = random.chance(0.6) ? businessProfile(&random) : law.profile
  law.rate = rate
  guard random.chance(0.5) else { return }
  // People call twice or thrice in a row.
  let size = random.uniform(1.3, 3)
  law.rate = rate * 0.3
  law.storms = SeriesLaw.Storms(
    rate: rate * 0.7 / size, meanSize: size, minutes: random.integer(3, 10))
}

private func makeScheduled(_ law: inout SeriesLaw, _ random: inout SeededGenerator) {
  let period = [60, 1440, 10080][random.index(weights: [0.45, 0.4, 0.15])]
  law.rate = random.logUniform(1.0 / 2880, 1.0 / 60)
  law.schedule = SeriesLaw.Schedule(
    period: period, phase: random.integer(below: period), jitter: random.integer(0, 2),
    meanSize: period == 60 ? random.logUniform(3, 25) : random.logUniform(12, 250),
    sizeVariance: random.logUniform(0.005, 0.1), minutes: random.integer(1, 6))
}

private func makeClumpy(_ law: inout SeriesLaw, _ random: inout SeededGenerator) {
  law.rate = random.logUniform(1.0 / 1440, 1.0 / 30)
  law.profile = random.chance(0.5) ? businessProfile(&random) : law.profile
  law.storms = SeriesLaw.Storms(
    rate: random.logUniform(1.0 / 720, 1.0 / 45), meanSize: random.logUniform(4, 30),
    minutes: random.integer(3, 9))
}

private func flatProfile(_ random: inout SeededGenerator) -> [Double] {
  let low = random.uniform(0.85, 1)
  let hours = (0..<24).map { $0 < 12 ? low : 2 - low }
  return (0..<168).map { hours[$0 % 24] }
}

/// Business hours in some time zone: a day, a night, and a quiet weekend.
private func businessProfile(_ random: inout SeededGenerator) -> [Double] {
  let zone = random.element(of: [0, 0, 1, 8, 16, 19])
  let night = random.logUniform(0.03, 0.4)
  let weekend = random.logUniform(0.1, 0.8)
  let day = [
    0, 0, 0, 0, 0, 0, 0.1, 0.4, 0.85, 1, 1, 0.95, 0.85, 0.95, 1, 1, 0.9, 0.7, 0.4, 0.2, 0.1, 0.05,
    0, 0,
  ]
  let raw = (0..<168).map { hour in
    let local = (hour + zone) % 168
    return (night + (1 - night) * day[local % 24]) * (local / 24 >= 5 ? weekend : 1)
  }
  let mean = raw.reduce(0, +) / 168
  return raw.map { $0 / mean }
}
