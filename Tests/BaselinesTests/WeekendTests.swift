// SPDX-License-Identifier: Apache-2.0
import Counts
import TestSupport
import Testing
import Vocabulary

@testable import Baselines

@Suite("Weekends of the world")
struct WeekendTests {
  private static let key = SeriesKey(
    recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
    eventName: "n", insightType: .apiCallRate)

  /// Five minutes with an event an hour, and twelve times as many on working days.
  private func counts(_ weekend: Weekend, days: Int, seed: UInt64) -> SeriesCounts {
    var generator = SeededGenerator(seed: seed)
    var minutes: [Int32] = []
    for minute in 0..<days * 1440 {
      let weekday = Minute.weekday(ofDay: minute / 1440)
      let isFree = weekend.contains(weekday * 48 + minute % 1440 / 30)
      if Double.random(in: 0..<1, using: &generator) < (isFree ? 1.0 / 12 : 1) {
        minutes.append(Int32(minute))
      }
    }
    return SeriesCounts(
      key: Self.key, minutes: minutes, counts: Array(repeating: 1, count: minutes.count))
  }

  private func forecast(_ counts: SeriesCounts, day: Int) throws -> Baseline {
    var model = BaselineModel(seriesCount: 1)
    for past in 0..<day {
      let baseline = past > 0 ? model.forecast(day: past, firstDays: [0]).baselines[0] : nil
      model.learn(
        series: 0, day: past, counts: counts, baseline: baseline, outcome: DayOutcome())
    }
    return try #require(model.forecast(day: day, firstDays: [0]).baselines[0])
  }

  @Test("each begins eight hours from the next, and is two days long")
  func shape() {
    for weekend in Weekend.everywhere {
      #expect((0..<336).count { weekend.contains($0) } == 96)
    }
    #expect(Weekend.everywhere[0].contains(5 * 48) && !Weekend.everywhere[0].contains(5 * 48 - 1))
    // In the Americas it is Friday until Saturday 08:00 UTC.
    #expect(!Weekend.everywhere[1].contains(5 * 48 + 15) && Weekend.everywhere[1].contains(15))
    #expect(Set(Weekend.everywhere.map(\.lead)).count == 5)
  }

  @Test("wherever it lies, its third one is forecast", arguments: Weekend.everywhere.indices)
  func thirdWeekend(_ place: Int) throws {
    let weekend = Weekend.everywhere[place]
    let counts = counts(weekend, days: 18, seed: UInt64(place))
    // 1970-01-01 was a Thursday: the days from 15 on are a Friday, a Saturday and a Sunday.
    for day in 15..<18 {
      let baseline = try forecast(counts, day: day)
      for bin in 0..<48 {
        let middle = bin * 30 + 15
        let isFree = weekend.contains(Minute.weekday(ofDay: day) * 48 + bin)
        // Near its ends a rate is interpolated.
        let isEdge = [-1, 1].contains {
          weekend.contains((Minute.weekday(ofDay: day) * 48 + bin + $0 + 336) % 336) != isFree
        }
        guard !isEdge else { continue }
        let rate = baseline.rate(minuteOfDay: middle)
        #expect(isFree ? rate < 0.25 : rate > 0.7, "day \(day), half hour \(bin): \(rate)")
      }
    }
  }
}
