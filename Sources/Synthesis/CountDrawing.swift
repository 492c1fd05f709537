// SPDX-License-Identifier: Apache-2.0

extension SeriesLaw {
  /// Draws the calls of every minute of a trail.
  func drawCounts(_ rhythm: TrailRhythm, _ random: inout SeededGenerator) -> [Int] {
    var counts = drawPoissonPart(rhythm, &random)
    if let storms { add(storms, to: &counts, rhythm, &random) }
    if let schedule { add(schedule, to: &counts, rhythm, &random) }
    for minute in rhythm.outage { counts[minute] = 0 }
    return counts
  }

  private func drawPoissonPart(_ rhythm: TrailRhythm, _ random: inout SeededGenerator) -> [Int] {
    var day = 1.0
    var halfHour = 1.0
    return (0..<rhythm.minuteCount).map { minute in
      if minute % 1440 == 0 { day = random.gamma(variance: effects.day) }
      if minute % 30 == 0 { halfHour = random.gamma(variance: effects.halfHour) }
      let mean = rate * shape(minute, rhythm) * day * halfHour
      guard mean > 0 else { return 0 }
      return random.negativeBinomial(mean: mean, effect: effects.minute)
    }
  }

  private func add(
    _ storms: Storms, to counts: inout [Int], _ rhythm: TrailRhythm,
    _ random: inout SeededGenerator
  ) {
    for start in counts.indices {
      for _ in 0..<random.poisson(storms.rate * shape(start, rhythm)) {
        let size = 1 + random.geometric(mean: storms.meanSize - 1)
        scatter(size, over: start..<start + storms.minutes, in: &counts, &random)
      }
    }
  }

  private func add(
    _ schedule: Schedule, to counts: inout [Int], _ rhythm: TrailRhythm,
    _ random: inout SeededGenerator
  ) {
    for due in schedule.dueMinutes(rhythm) {
      let start = due + random.integer(-schedule.jitter, schedule.jitter)
      let size = random.poisson(
        schedule.meanSize * random.gamma(variance: schedule.sizeVariance))
      scatter(size, over: start..<start + schedule.minutes, in: &counts, &random)
    }
  }
}

/// Adds calls to minutes at random; those outside of the trail are lost.
private func scatter(
  _ calls: Int, over minutes: Range<Int>, in counts: inout [Int],
  _ random: inout SeededGenerator
) {
  for _ in 0..<calls {
    let minute = random.integer(minutes.lowerBound, minutes.upperBound - 1)
    if counts.indices.contains(minute) { counts[minute] += 1 }
  }
}
