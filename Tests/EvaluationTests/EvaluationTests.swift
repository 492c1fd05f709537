// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing
import Vocabulary

private let calls = SeriesKey(
  recipientAccountID: "111111111111", awsRegion: "eu-west-1", eventCategory: "Management",
  eventSource: "ec2.amazonaws.com", eventName: "RunInstances", insightType: .apiCallRate)

private func label(_ start: Int, _ end: Int, family: String = "spike", by culprit: String = "")
  -> Label
{
  Label(
    series: calls, start: Minute(sinceEpoch: start), end: Minute(sinceEpoch: end), family: family,
    culpritARN: culprit)
}

private func insight(
  _ start: Int, _ end: Int?, detected: Int? = nil, severity: Double = 50, by caller: String = ""
) -> ReportedInsight {
  ReportedInsight(
    series: calls, start: Minute(sinceEpoch: start), end: end.map(Minute.init(sinceEpoch:)),
    detected: detected.map(Minute.init(sinceEpoch:)), severity: severity,
    topUserIdentityARN: caller)
}

@Suite struct EvaluationTests {
  /// A label from 1000 to 1030, and insights at the edge of what finds it.
  @Test(
    "The rule of the match, minute by minute",
    arguments: [
      (1000, 1030, true), (995, 1010, true), (994, 1030, false), (996, 998, false),
      (996, 999, true), (1029, 1100, true), (1039, 1041, true), (1040, 1050, false),
      (1010, nil, true), (995, nil, true), (900, nil, false), (2000, nil, false),
    ] as [(Int, Int?, Bool)])
  func match(start: Int, end: Int?, isFound: Bool) {
    let result = DetectionQuality(insights: [insight(start, end)], labels: [label(1000, 1030)])
    #expect(result.foundCount == (isFound ? 1 : 0))
    #expect(result.falseCount == (isFound ? 0 : 1))
  }

  @Test("An insight of another series or type finds nothing")
  func otherSeries() {
    var other = insight(1000, 1030)
    other.series.insightType = .apiErrorRate
    let result = DetectionQuality(insights: [other], labels: [label(1000, 1030)])
    #expect(result.foundCount == 0 && result.falseCount == 1)
  }

  @Test("Several insights on a label count once, and the others not at all")
  func repeated() {
    let result = DetectionQuality(
      insights: [insight(1000, 1005), insight(1010, 1015), insight(5000, 5005)],
      labels: [label(1000, 1030), label(9000, 9010)])
    #expect(result.foundCount == 1 && result.repeatedCount == 1 && result.falseCount == 1)
    #expect(result.precision == 0.5 && result.recall == 0.5 && result.f1 == 0.5)
  }

  @Test("An insight near two labels finds the nearer one")
  func nearest() {
    let result = DetectionQuality(
      insights: [insight(1012, nil)], labels: [label(1000, 1010, family: "a"), label(1014, 1020)])
    #expect(result.families.map(\.found) == [0, 1])
  }

  @Test("Average precision ranks by severity, and equal severities share a place")
  func averagePrecision() {
    let labels = [label(1000, 1010), label(3000, 3010), label(5000, 5010)]
    let ranked = DetectionQuality(
      insights: [
        insight(1000, 1010, severity: 90), insight(8000, 8010, severity: 80),
        insight(3000, 3010, severity: 70), insight(1001, 1009, severity: 75),
      ], labels: labels)
    // Places: found 1 of 1, wrong, repeated (passed over), found 2 of 3; the third label never.
    #expect(abs((ranked.averagePrecision ?? 0) - (1 + 2.0 / 3) / 3) < 1e-12)
    let tied = DetectionQuality(
      insights: [insight(1000, 1010), insight(8000, 8010), insight(3000, 3010)], labels: labels)
    #expect(abs((tied.averagePrecision ?? 0) - 2 * (2.0 / 3) / 3) < 1e-12)
  }

  @Test("Delay, attribution, false ones a week and recall by family")
  func figures() {
    let result = DetectionQuality(
      insights: [
        insight(1000, 1010, detected: 1004, by: "alice"),
        insight(3002, 3010, detected: 3012, by: "bob"), insight(5000, 5010, detected: 5001),
        insight(8000, 8010),
      ],
      labels: [
        label(1000, 1010, by: "alice"), label(3000, 3010, by: "alice"),
        label(5000, 5010, family: "burst"), label(7000, 7010, family: "burst"),
      ], extent: Extent(weeks: 2, seriesCount: 50))
    #expect(result.medianDelayMinutes == 4)
    #expect(result.attributionAccuracy == 0.5)
    #expect(result.falsePerWeekPer100Series == 1)
    #expect(result.families.map(\.family) == ["burst", "spike"])
    #expect(result.families.map(\.found) == [1, 2])
  }

  @Test("False insights are counted on the lures they begin on")
  func lures() {
    let whole = Lure(
      kind: "backlog", series: nil, start: Minute(sinceEpoch: 100), end: Minute(sinceEpoch: 120))
    let night = Lure(
      kind: "nightly", series: calls, start: Minute(sinceEpoch: 500), end: Minute(sinceEpoch: 506))
    let result = DetectionQuality(
      insights: [insight(110, 115), insight(129, 140), insight(130, 140), insight(495, nil)],
      labels: [], lures: [whole, night])
    #expect(result.lures.map(\.insights) == [2, 1])
    #expect(result.precision == 0 && result.recall == nil && result.f1 == nil)
  }

  @Test("Text is aligned and JSON says null where there is no figure")
  func output() {
    let empty = DetectionQuality(insights: [], labels: [])
    #expect(empty.json().contains("\"precision\":null"))
    let one = DetectionQuality(
      insights: [insight(1000, 1010, detected: 1002)], labels: [label(1000, 1010, family: "a\"b")])
    #expect(one.json().contains("\"a\\\"b\":{\"labels\":1,\"found\":1}"))
    #expect(one.json().contains("\"f1\":1.0,"))
    let starts = one.render().split(separator: "\n").map {
      $0.distance(from: $0.startIndex, to: $0.lastIndex(of: " ") ?? $0.endIndex)
    }
    #expect(Set(starts.prefix(4)).count == 1)
    #expect(one.render().contains("median delay in minutes      2.0\n"))
  }
}
