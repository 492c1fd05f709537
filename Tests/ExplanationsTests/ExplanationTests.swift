// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Testing
import Vocabulary

@testable import Explanations

/// An insight in words and in characters.
@Suite struct ExplanationTests {
  @Test func `a sentence says what, how usual and who`() {
    #expect(
      InsightSentence(insight()).text
        == "RunInstances in us-east-1 ran at 14.2 calls a minute for 6 min; usual for a Thursday "
        + "03:00 is 1.2 calls an hour; 92 % by role/Deploy.")
    #expect(
      InsightSentence(insight(error: "AccessDenied", isOpen: true)).text
        == "RunInstances in us-east-1 has failed with AccessDenied at 14.2 errors a minute for "
        + "6 min and goes on; usual for a Thursday 03:00 is 1.2 errors an hour; "
        + "92 % by role/Deploy.")
  }

  @Test(arguments: [
    (14.2, "14.2 calls a minute"), (0.05, "3 calls an hour"), (1.0 / 60, "1 call an hour"),
    (0.0001, "0.14 calls a day"), (0, "0 calls a minute"),
  ])
  func `a rate is told in the unit that suits it`(rate: Double, text: String) {
    #expect(InsightSentence.words(for: rate, noun: "call") == text)
  }

  @Test func `bars have eighths, a call is never nothing, and what is usual is dotted`() {
    let steps = [0, 1, 16, 8].map { count in
      BarChart.Column(count: count, usual: 12, isInsight: count > 8)
    }
    let chart = BarChart(columns: steps, rowCount: 2, style: .red, isColored: false)
    #expect(chart.lines == ["     16 ┤··█·", "      0 └ ▁██"])
  }

  @Test func `steps are repeated or joined to fit`() {
    let steps = (0..<4).map { BarChart.Column(count: $0, usual: nil, isInsight: false) }
    #expect(BarChart.columns(of: steps, width: 9).map(\.count) == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(BarChart.columns(of: steps, width: 2).map(\.count) == [1, 3])
    #expect(BarChart.columns(of: [], width: 5).isEmpty)
  }

  @Test(arguments: ["iam", "ec2", "s3", "nobody-knows"])
  func `there is always something to check next`(service: String) {
    let series = insight(service: service + ".amazonaws.com").series
    #expect((2...4).contains(NextSteps.steps(for: series).count))
    let missing = NextSteps.steps(for: series, .below)
    #expect((2...4).contains(missing.count) && missing != NextSteps.steps(for: series))
  }

  @Test(arguments: 40...130)
  func `no line is wider than the terminal`(width: Int) {
    let report = ExplanationReport(width: width, isColored: false).encode(insight())
    for line in String(decoding: report, as: UTF8.self).split(separator: "\n")
    where !line.hasPrefix("  in ") {
      #expect(line.count <= width, "\(line)")
    }
  }

  private func insight(
    error: String = "", isOpen: Bool = false, service: String = "ec2.amazonaws.com"
  ) -> Insight {
    let start = Minute(day: CivilDate(year: 2026, month: 3, day: 5).daysSinceEpoch) + 200
    return Insight(
      id: "id",
      series: SeriesKey(
        recipientAccountID: "111122223333", awsRegion: "us-east-1", eventCategory: "Management",
        eventSource: service, eventName: "RunInstances",
        insightType: error.isEmpty ? .apiCallRate : .apiErrorRate, errorCode: error),
      direction: .above, start: start, end: isOpen ? nil : start + 6, detected: start + 2,
      windowMinutes: 5,
      statistics: .init(
        baselineAverage: 0.01, baselineMinutes: 10080, expectedAverage: 0.02,
        insightAverage: 14.2, insightMinutes: 6, startAverage: 10, startMinutes: 2, calls: 85),
      severity: 91, log10PValue: -40,
      attributions: [
        .init(
          attribute: .userIdentityArn,
          insight: [
            .init(value: "arn:aws:sts::111122223333:assumed-role/Deploy", average: 0.92 * 14.2)
          ],
          baseline: [], usual: [0.001])
      ],
      evidence: [.init(eventID: "e-1", file: "logs/a.json.gz")],
      excerpt: .init(
        start: start - 3, stepMinutes: 3, counts: [0, 40, 45, 1], expected: [0, 0, 0, 0],
        usual: [0...1, 0...1, 0...1, 0...2]),
      week: .init(start: start - 60, stepMinutes: 30, counts: [1, 0, 85], expected: []))
  }
}
