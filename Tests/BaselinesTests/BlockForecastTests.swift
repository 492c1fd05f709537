// SPDX-License-Identifier: Apache-2.0
import Counts
import TestSupport
import Testing
import Vocabulary

@testable import Baselines

@Suite("Forecasts in blocks")
struct BlockForecastTests {
  @Test("many series fitted together have the forecasts that each has on its own, slowly")
  func agreesWithTwin() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    let days = 23
    let firstDays = (0..<300).map { _ in Int.random(in: 0..<6, using: &generator) }
    let model = learnt(days: days, firstDays: firstDays, using: &generator)
    let forecast = model.forecast(day: days, firstDays: firstDays)
    let weights = WeekWeights(day: days, days: 28, firstDay: firstDays.min() ?? 0)
    let designs = Weekend.everywhere.compactMap {
      WeekDesign(weights: weights.perHalfHour, weekend: $0)
    }
    #expect(designs.count == Weekend.everywhere.count)
    let known = firstDays.indices.filter { model[$0].isKnown }
    let twins = known.map {
      SlowForecast(model[$0], firstDay: firstDays[$0], weights: weights, designs: designs)
    }
    let prior = SpreadPrior(twins.map(\.dispersion))
    let clear = zip(known, twins).filter { $1.margin > 0.02 }
    #expect(clear.count > known.count * 8 / 10)
    for (index, twin) in clear {
      let baseline = try #require(forecast.baselines[index])
      #expect(isClose(baseline.rates, twin.rates), "seed \(seed), series \(index)")
      let mean = twin.rates.reduce(0, +) / 48
      var alpha = 0.0
      for window in windowLengths.indices {
        var spread = prior.spread(
          twin.dispersion, window: window, mean: mean * Double(windowLengths[window]))
        spread.alpha = max(alpha, spread.alpha)
        alpha = spread.alpha
        let found = baseline.spreads[window]
        #expect(isClose([found.alpha, found.beta], [spread.alpha, spread.beta]), "seed \(seed)")
      }
      #expect(
        isClose(baseline.uncertainties, uncertainties(twin, baseline, model[index])),
        "seed \(seed), series \(index)")
    }
  }

  /// Series from silent to busy, with gaps, told insights and levels that moved.
  private func learnt(days: Int, firstDays: [Int], using generator: inout SeededGenerator)
    -> BaselineModel
  {
    var model = BaselineModel(seriesCount: firstDays.count)
    for series in firstDays.indices {
      let busy = [0, 1, 8, 60, 400][series % 5]
      for day in Int.random(in: 0..<days, using: &generator)..<days {
        var outcome = DayOutcome()
        if Int.random(in: 0..<6, using: &generator) == 0 { outcome.missing = [100..<345] }
        if Int.random(in: 0..<6, using: &generator) == 0 { outcome.told = [800..<1200] }
        if Int.random(in: 0..<60, using: &generator) == 0 {
          outcome.movedLevel = MovedLevel(minute: day * 1440 + 600, factor: 1.7)
        }
        let minutes = Set(
          (0..<busy).map { call in
            Int32(day * 1440 + Int.random(in: call % 2 * 480..<1440, using: &generator))
          })
        let counts = SeriesCounts(
          key: .test, minutes: minutes.sorted(),
          counts: minutes.map { _ in Int.random(in: 1..<9, using: &generator) })
        model.learn(series: series, day: day, counts: counts, baseline: nil, outcome: outcome)
      }
    }
    return model
  }

  private func uncertainties(
    _ twin: SlowForecast, _ baseline: Baseline, _ memory: SeriesMemory
  ) -> [Double] {
    let isNew = baseline.ageDays < 7 || memory.isRelearning(baseline.day)
    return (0..<48).map { bin in
      let local =
        0.25
        * (1 + baseline.spreads[2].alpha + baseline.spreads[3].beta * baseline.rates[bin] * 30)
      let quiet = min(1, max(0.25, local) / max(twin.fit.noise, 1e-9))
      let ignorance = min(
        1, twin.fit.ignorance(at: Minute.weekday(ofDay: baseline.day) * 48 + bin))
      return twin.uncertainties[bin] * (quiet + (1 - quiet) * ignorance) + (isNew ? 0.5 : 0)
    }
  }

  /// Says whether numbers are those of their twins, but for single precision.
  private func isClose(_ left: [Double], _ right: [Double], tolerance: Double = 1e-3) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1e-3, abs($1)) }
  }

  @Test("short windows teach as their law says, window by window")
  func shortWindows() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    let law = Spread(alpha: 0.4, beta: 0.02)
    for usualBurst in [0.0, 30] {
      var (fast, slow) = (Dispersion(), Dispersion())
      var windows = ShortWindows(
        fast, window: 1, law: law, dayMean: 30, usualBurst: usualBurst)
      for _ in 0..<500 {
        let mean = Double.random(in: 0...90, using: &generator)
        let most = Int.random(in: 1...400, using: &generator)
        let count = Double(Int.random(in: 0..<most, using: &generator))
        windows.add(count: count, mean: mean)
        let usual = (mean * max(1.05, law.fano(mean: mean))).squareRoot()
        let deviation = max(-2.5 * usual, min(count - mean, max(usualBurst, 4 + 5 * usual)))
        slow.add(
          window: 1, relativeRate: mean / 30, mean: mean,
          square: deviation * deviation - min(count - mean, max(deviation, 0)))
      }
      windows.store(in: &fast)
      for index in 0..<Dispersion.classes {
        let (found, expected) = (fast[1, class: index], slow[1, class: index])
        #expect(
          isClose((0..<4).map { found[$0] }, (0..<4).map { expected[$0] }, tolerance: 1e-7),
          "seed \(seed)")
      }
    }
  }

  @Test("bursts recur where a look at all others says so")
  func recurrence() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    for round in 0..<200 {
      let phases = round % 4 + 1
      let starts = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        Int.random(in: 0..<29, using: &generator) * 1440
          + (Int.random(in: 0..<phases, using: &generator) * 475
            + Int.random(in: -20...20, using: &generator) + 1440) % 1440
      }
      let recurrence = Recurrence(
        of: starts.map { Episode(start: $0, duration: 3, count: 9, excess: 9, stormWeight: 1) })
      for start in starts {
        #expect(recurrence.contains(start) == recurs(start, among: starts), "seed \(seed)")
      }
    }
  }

  /// The slow twin of `Recurrence`.
  private func recurs(_ minute: Int, among starts: [Int]) -> Bool {
    let apart = starts.filter { abs($0 - minute) > 720 }
    func isNear(_ start: Int, period: Int) -> Bool {
      let rest = abs(start - minute) % period
      return min(rest, period - rest) <= 12
    }
    return apart.contains { isNear($0, period: 10080) }
      || Set(apart.filter { isNear($0, period: 1440) }.map { $0 / 1440 }).count >= 3
  }
}

extension SeriesKey {
  fileprivate static let test = SeriesKey(
    recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
    eventName: "n", insightType: .apiCallRate)
}
