// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Scores
import Testing
import Vocabulary

private struct FlatLaw: WindowLaw {
  func moments(_ minutes: Range<Int>) -> (mean: Double, variance: Double) {
    (Double(minutes.count), 3 * Double(minutes.count))
  }
}

@Suite struct WindowLawTests {
  /// Nothing on the first day, and 20 calls at 02:00 of the second, which the law expects and the
  /// forecast does not.
  private func scorer(law: (any WindowLaw)?) throws -> WindowScorer {
    let first = 20_000 * 1440
    let key = SeriesKey(
      recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
      eventName: "n", insightType: .apiCallRate)
    let counts = SeriesCounts(key: key, minutes: [Int32(first + 1560)], counts: [20])
    var model = BaselineModel(seriesCount: 1)
    model.learn(series: 0, day: 20_000, counts: counts, baseline: nil, outcome: DayOutcome())
    let baseline = try #require(
      model.forecast(day: 20_001, firstDays: [20_000]).baselines[0])
    return WindowScorer(
      counts: counts, today: DayExpectation(baseline), yesterday: nil, law: law)
  }

  @Test func `a known law is judged by in place of the forecast`() throws {
    let start = 20_001 * 1440
    let known = try scorer(law: FlatLaw())
    #expect(known.expected(from: start, to: start + 60) == 60)
    let window = try #require(known.score(count: 120, in: start..<start + 60, windowIndex: 3))
    #expect(window.log10PValue == log10UpperTail(count: 120, mean: 60, variance: 180))
    #expect(window.evidence == -window.log10PValue)
    #expect(known.fano(around: start + 30) == 3)
    #expect(known.usualCounts(from: start, to: start + 60).contains(60))
    #expect(known.longestWindow == 240)
    let forecast = try scorer(law: nil)
    #expect(forecast.expected(from: start, to: start + 60) < 1)
    #expect(forecast.longestWindow < 240)
  }
}
