// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Scores
import TestSupport
import Testing
import Vocabulary

/// The slow twin: a sum a minute.
private struct MinuteSums {
  private var minutes: [Double]

  init(_ baseline: Baseline) {
    minutes = (0..<Minute.minutesPerDay).map { baseline.rate(minuteOfDay: $0) }
  }

  mutating func scale(_ range: Range<Int>, by factor: Double) {
    for minute in range { minutes[minute] *= factor }
  }

  func total(_ start: Int, _ end: Int) -> Double {
    start < end ? minutes[start..<end].reduce(0, +) : 0
  }
}

@Suite struct DayExpectationTests {
  /// A day of a series whose past counts are random.
  private func baseline(_ generator: inout SeededGenerator) throws -> Baseline {
    let (first, days) = (20_000, 9)
    let minutes = (first * 1440..<(first + days) * 1440)
      .filter { _ in Int.random(in: 0..<20, using: &generator) == 0 }
    let key = SeriesKey(
      recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
      eventName: "n", insightType: .apiCallRate)
    let counts = SeriesCounts(
      key: key, minutes: minutes.map { Int32($0) },
      counts: minutes.map { 1 + $0 % 1440 / 200 })
    var model = BaselineModel(seriesCount: 1)
    for day in first..<first + days {
      model.learn(series: 0, day: day, counts: counts, baseline: nil, outcome: DayOutcome())
    }
    return try #require(model.forecast(day: first + days, firstDays: [first]).baselines[0])
  }

  private func minutes(_ generator: inout SeededGenerator) -> Range<Int> {
    let first = Int.random(in: 0...1440, using: &generator)
    let second = Int.random(in: 0...1440, using: &generator)
    return min(first, second)..<max(first, second)
  }

  @Test(arguments: [0, 1, 2, 40])
  func `sums a half hour tell of every minute, scaled or not`(scalingCount: Int) throws {
    let seed = UInt64.random(in: 0..<1 << 32)
    var generator = SeededGenerator(seed: seed)
    let baseline = try baseline(&generator)
    var sums = MinuteSums(baseline)
    var expectation = DayExpectation(baseline)
    for number in 0..<scalingCount {
      let start = Int.random(in: 0..<1440, using: &generator)
      let range = number % 3 == 0 ? minutes(&generator) : start..<start + 1
      let factor = number % 3 == 0 ? 0 : Double.random(in: 1..<4, using: &generator)
      sums.scale(range, by: factor)
      expectation.scale(range, by: factor)
    }
    for _ in 0..<2000 {
      let range = minutes(&generator)
      let slow = sums.total(range.lowerBound, range.upperBound)
      let fast = expectation.total(range.lowerBound, range.upperBound)
      #expect(abs(fast - slow) <= 1e-10 * max(1, slow), "seed \(seed), \(range)")
    }
    var all = [Double](repeating: 1, count: 1440)
    expectation.add(to: &all)
    for minute in all.indices {
      #expect(abs(all[minute] - 1 - sums.total(minute, minute + 1)) <= 1e-9, "seed \(seed)")
    }
    #expect(expectation.total(0, 1440) > 0 || scalingCount > 2)
  }

  @Test func `nothing is expected of a gap`() throws {
    var generator = SeededGenerator(seed: 5)
    var expectation = DayExpectation(try baseline(&generator))
    expectation.scale(100..<400, by: 0)
    expectation.scale(350..<351, by: 3)
    #expect(expectation.total(100, 400) == 0)
    #expect(expectation.total(99, 401) > 0)
  }
}
