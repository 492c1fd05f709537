// SPDX-License-Identifier: Apache-2.0
import Counts
import TestSupport
import Testing
import Vocabulary

@testable import Baselines

@Suite("Bursts and levels")
struct BurstTests {
  @Test("storms: (n − ½)/m · (1 + x′/(s + 10))^−(n + 2), and none without a storm")
  func stormLaw() {
    let none = StormLaw([], minutes: 1440)
    #expect(none.tail(size: 50, rate: 0, fano: 1.05) == 0)
    let told = StormLaw(
      storms([.burst(at: 5, minutes: 2, excess: 12, stormWeight: 0.25)]), minutes: 1440)
    #expect(told.tail(size: 50, rate: 0, fano: 1.05) == 0)
    let law = StormLaw(
      storms([.burst(at: 5, minutes: 2, excess: 13), .burst(at: 900, minutes: 2, excess: 23)]),
      minutes: 10_000)
    // n = 2, s = 10 + 20, x = 43, of which 3 make an episode: 1.5e-4 · (1 + 40/40)⁻⁴.
    #expect(abs(law.tail(size: 43, rate: 0, fano: 1.05) - 1.5e-4 / 16) < 1e-12)
    #expect(law.tail(size: 43, rate: 2, fano: 1.05) > law.tail(size: 43, rate: 0, fano: 1.05))
    #expect(law.tail(size: 80, rate: 0, fano: 1.05) < law.tail(size: 43, rate: 0, fano: 1.05))
  }

  @Test("a window shorter than storms holds a share of one, and more starts reach into it")
  func shortWindow() {
    let law = StormLaw(
      storms([.burst(at: 5, minutes: 6, excess: 13), .burst(at: 900, minutes: 6, excess: 23)]),
      minutes: 10_000)
    // A third of six minutes: 2 + 4 starts a minute, x = 21, of which 1 makes an episode, s = 10 + 10.
    #expect(abs(law.tail(size: 21, rate: 0, fano: 1.05, minutes: 2) - 6 * 1.5e-4 / 16) < 1e-12)
    #expect(
      abs(
        law.tail(size: 43, rate: 0, fano: 1.05, minutes: 6) - 6
          * law.tail(size: 43, rate: 0, fano: 1.05)) < 1e-12)
    #expect(law.longest == 6)
  }

  private func storms(_ episodes: [Episode], rate: Double = 0) -> [Storm] {
    episodes.compactMap { Storm($0, rate: rate, fano: 1.05) }
  }

  @Test("a burst is a storm only as far as the present fit does not explain it")
  func storm() {
    let morning = Episode.burst(at: 480, minutes: 60, excess: 120)
    #expect(storms([morning], rate: 0.01).map(\.weight) == [1])
    #expect(storms([morning], rate: 1).isEmpty)
    let few = Episode.burst(at: 480, minutes: 5, excess: 3)
    #expect(storms([few], rate: 0.1).isEmpty)
    let beyond = storms([.burst(at: 480, minutes: 5, excess: 40)], rate: 0.2).map(\.beyond)
    // x ln x − x + 1 = 9 · 1.05 nats at x = 7.910536, seven of which are more than expected.
    #expect(abs((beyond.first ?? 0) - (40 - 7.910536)) < 1e-5)
  }

  @Test("the mornings of the first days are no storms once the week is known")
  func mornings() throws {
    let counts = days([1, 1, 1, 1, 1, 0, 0, 2, 2, 2, 2, 2, 0, 0])
    var model = BaselineModel(seriesCount: 1)
    for day in 0..<14 {
      let baseline = day > 0 ? model.forecast(day: day, firstDays: [0]).baselines[0] : nil
      model.learn(
        series: 0, day: day, counts: counts, baseline: baseline, outcome: DayOutcome())
    }
    let baseline = try #require(model.forecast(day: 14, firstDays: [0]).baselines[0])
    #expect(baseline.storms.tail(size: 50, rate: 0.5, fano: 1.05) == 0)
  }

  @Test("a job of every hour is found at its minute, and even activity is none")
  func hourly() throws {
    var generator = SeededGenerator(seed: 5)
    var job = HourlySchedule()
    var even = HourlySchedule()
    for _ in 0..<3 {
      let minutes = (0..<24).map { $0 * 60 + 58 + Int.random(in: 0...2, using: &generator) }
        .filter { $0 < 1440 }
      job.learn(minutes, counts: minutes.map { _ in Int.random(in: 3...9, using: &generator) })
      let random = (0..<80).map { _ in Int.random(in: 0..<1440, using: &generator) }.sorted()
      even.learn(random, counts: random.map { _ in 2 })
    }
    #expect(even.bursts.isEmpty)
    let burst = try #require(job.bursts.first { $0.earliest > 600 })
    #expect(burst.earliest...burst.latest ~= burst.earliest / 60 * 60 + 59)
    #expect(abs(burst.mean - 6) < 1.5)
    #expect(job.contains(59) && job.contains(0) && !job.contains(30))
  }

  @Test("a job of six minutes that starts a little early or late is held whole, and is no storm")
  func wideHourly() throws {
    var generator = SeededGenerator(seed: 9)
    var job = HourlySchedule()
    for _ in 0..<3 {
      let minutes = (0..<24).flatMap { hour -> [Int] in
        let start = hour * 60 + 25 + Int.random(in: -2...2, using: &generator)
        return (start..<start + 6).map { $0 }
      }
      job.learn(minutes, counts: minutes.map { _ in 1 })
    }
    #expect((24...29).allSatisfy(job.contains))
    #expect(!job.contains(20) && !job.contains(35))
    #expect(job.meets(.burst(at: 34 * 60 + 18, minutes: 8, excess: 9)))
    #expect(!job.meets(.burst(at: 34 * 60 + 40, minutes: 8, excess: 9)))
  }

  @Test("a job of midnight is expected on both sides of it, whichever days it started on")
  func midnight() throws {
    var schedule = Schedule()
    let starts = [-2, 1, -1, 2, 0, -3, 3]
    for (day, late) in starts.enumerated() {
      let start = (day + 1) * 1440 + late
      schedule.add([.burst(at: start, minutes: 4, excess: 30)], day: start / 1440)
    }
    let bursts = schedule.bursts(onDay: 9, age: 9)
    #expect(bursts.count == 2)
    for (burst, middle) in zip(bursts, [0, 1440]) {
      #expect((burst.earliest..<burst.latest).contains(middle - 4))
      #expect((burst.earliest..<burst.latest).contains(middle + 6))
      #expect(abs(burst.mean - 30) < 1)
    }
  }

  private static let key = SeriesKey(
    recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
    eventName: "n", insightType: .apiCallRate)

  /// Days of which each minute from 6:00 to 18:00 has a number of events.
  private func days(_ perMinute: [Int]) -> SeriesCounts {
    var minutes: [Int32] = []
    var counts: [Int] = []
    for (day, count) in perMinute.enumerated() where count > 0 {
      minutes += (360..<1080).map { Int32(day * 1440 + $0) }
      counts += Array(repeating: count, count: 720)
    }
    return SeriesCounts(key: Self.key, minutes: minutes, counts: counts)
  }

  private func forecast(told: [Int: [Range<Int>]]) throws -> Baseline {
    let counts = days([2, 2, 2, 2, 2, 1, 1, 2, 2, 8, 8])
    var model = BaselineModel(seriesCount: 1)
    for day in 0..<11 {
      let baseline = model.forecast(day: day, firstDays: [0]).baselines[0]
      var outcome = DayOutcome()
      outcome.told = told[day] ?? []
      model.learn(series: 0, day: day, counts: counts, baseline: baseline, outcome: outcome)
    }
    return try #require(model.forecast(day: 11, firstDays: [0]).baselines[0])
  }

  @Test("what was told does not teach; told for hours on two days, it is the new level")
  func movedLevel() throws {
    let once = try forecast(told: [9: [360..<1080], 10: [360..<560]])
    let twice = try forecast(told: [9: [360..<1080], 10: [360..<1080]])
    #expect(once.rate(minuteOfDay: 720) < 5)
    #expect(twice.rate(minuteOfDay: 720) > 6.5)
    #expect(twice.rate(minuteOfDay: 720) < 10)
    // The shape of the day stays known, and for a week much is thought possible.
    #expect(twice.rate(minuteOfDay: 60) < 0.5)
    #expect(twice.uncertainty(minuteOfDay: 720) > 0.5)
  }

  @Test("a weekday never seen is less sure than one that was")
  func neverSeen() throws {
    let counts = days(Array(repeating: 2, count: 10))
    var model = BaselineModel(seriesCount: 1)
    var errors: [Double] = []
    for day in 0..<10 {
      if day > 0 {
        let baseline = try #require(model.forecast(day: day, firstDays: [0]).baselines[0])
        errors.append(baseline.uncertainty(minuteOfDay: 720))
      }
      model.learn(series: 0, day: day, counts: counts, baseline: nil, outcome: DayOutcome())
    }
    #expect(errors[4] > 0.5)
    #expect(errors[8] < 0.1)
  }
}
