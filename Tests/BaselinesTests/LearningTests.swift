// SPDX-License-Identifier: Apache-2.0
import Counts
import TestSupport
import Testing
import Vocabulary

@testable import Baselines

@Suite("Learning")
struct LearningTests {
  @Test("a steady level is 1, and a growing one is followed")
  func level() {
    let profile = Array(repeating: 100.0, count: 14)
    #expect(abs(LevelFilter.forecasts(observed: profile, profile: profile)[14] - 1) < 1e-9)
    let growing = (0..<14).map { 100 * (1 + 0.08 * Double($0)) }
    let forecasts = LevelFilter.forecasts(observed: growing, profile: profile)
    #expect(abs(forecasts[14] - 2.12) < 0.12)
    // Each day's forecast rests on the days before it alone.
    let shorter = LevelFilter.forecasts(observed: Array(growing[..<9]), profile: profile)
    #expect(shorter == Array(forecasts[..<10]))
  }

  @Test("a thin series is pulled to its profile")
  func thinLevel() {
    let forecasts = LevelFilter.forecasts(
      observed: [0, 0, 1, 0, 0, 0, 3], profile: Array(repeating: 0.4, count: 7))
    let forecast = forecasts[7]
    #expect(forecast > 0.7)
    #expect(forecast < 1.5)
  }

  @Test("a nightly burst is expected tonight, at its time and size")
  func nightly() throws {
    var schedule = Schedule()
    for day in 0..<7 {
      let episode = Episode.burst(at: day * 1440 + 120 + day % 3, minutes: 4, excess: 50)
      schedule.add([episode], day: day)
    }
    let bursts = schedule.bursts(onDay: 7, age: 7)
    let burst = try #require(bursts.first)
    #expect(bursts.count == 1)
    #expect((burst.earliest...burst.latest).contains(121))
    #expect(burst.latest - burst.earliest < 30)
    #expect(abs(burst.mean - 50) < 1e-9)
  }

  @Test("a weekly burst is expected on its weekday only")
  func weekly() {
    var schedule = Schedule()
    for week in 0..<3 {
      let day = week * 7 + 2
      schedule.add([Episode.burst(at: day * 1440 + 300, minutes: 3, excess: 40)], day: day)
    }
    #expect(schedule.bursts(onDay: 23, age: 23).count == 1)
    #expect(schedule.bursts(onDay: 22, age: 22).isEmpty)
    #expect(schedule.bursts(onDay: 24, age: 24).isEmpty)
  }

  @Test("bursts at random times are no schedule")
  func random() {
    var generator = SeededGenerator(seed: 4)
    var schedule = Schedule()
    for day in 0..<14 {
      let phase = Int.random(in: 0..<1440, using: &generator)
      schedule.add([Episode.burst(at: day * 1440 + phase, minutes: 3, excess: 30)], day: day)
    }
    #expect(schedule.bursts(onDay: 14, age: 14).count <= 1)
  }

  @Test("a forecast reads nothing of its day or later")
  func causal() throws {
    var generator = SeededGenerator(seed: 6)
    let days = 10
    let minutes = (0..<days * 1440).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
    let key = SeriesKey(
      recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
      eventName: "n", insightType: .apiCallRate)
    func forecast(_ minutes: [Int]) throws -> [Double] {
      let counts = SeriesCounts(
        key: key, minutes: minutes.map { Int32($0) }, counts: minutes.map { 1 + $0 % 4 })
      var model = BaselineModel(seriesCount: 1)
      for day in 0..<8 {
        model.learn(series: 0, day: day, counts: counts, baseline: nil, outcome: DayOutcome())
      }
      return try #require(model.forecast(day: 8, firstDays: [0]).baselines[0]).rates
    }
    #expect(try forecast(minutes) == forecast(minutes.filter { $0 < 8 * 1440 }))
    #expect(try forecast(minutes) != forecast(minutes.filter { $0 < 7 * 1440 }))
  }

  @Test("the forecast of a steady series is its rate")
  func steadyRate() throws {
    var generator = SeededGenerator(seed: 12)
    var minutes: [Int] = []
    for minute in 0..<14 * 1440 where Int.random(in: 0..<2, using: &generator) == 0 {
      minutes.append(minute)
    }
    let counts = SeriesCounts(
      key: SeriesKey(
        recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
        eventName: "n", insightType: .apiCallRate),
      minutes: minutes.map { Int32($0) }, counts: minutes.map { _ in 2 })
    var model = BaselineModel(seriesCount: 1)
    for day in 0..<14 {
      model.learn(series: 0, day: day, counts: counts, baseline: nil, outcome: DayOutcome())
    }
    let baseline = try #require(model.forecast(day: 14, firstDays: [0]).baselines[0])
    for rate in baseline.rates { #expect(abs(rate - 1) < 0.15) }
    let sums = baseline.cumulativeExpectation(masked: [600..<660])
    #expect(abs(sums[1440] - 1380) < 60)
    #expect(sums[660] == sums[600])
  }
}

extension Episode {
  static func burst(at start: Int, minutes: Int, excess: Double, stormWeight: Double = 1) -> Episode
  {
    Episode(
      start: start, duration: minutes, count: excess, excess: excess, stormWeight: stormWeight)
  }
}
