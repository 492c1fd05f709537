// SPDX-License-Identifier: Apache-2.0
import Insights
import Testing
import Vocabulary

@testable import Reports

@Suite struct SparklineTests {
  private func bars(_ counts: [Int], width: Int, insight: Range<Int>) -> (String, String) {
    let excerptStart = SampleFindings.minute(13, 100)
    let start = excerptStart + insight.lowerBound
    let sample = SampleFindings.burst
    let picture = Sparkline(
      Insight(
        id: "x", series: sample.series, direction: .above, start: start,
        end: excerptStart + insight.upperBound, detected: start, windowMinutes: 1,
        statistics: sample.statistics, severity: 1, log10PValue: -1, attributions: [],
        evidence: [],
        excerpt: .init(
          start: excerptStart, stepMinutes: 1, counts: counts, expected: counts.map { _ in 0 })),
      width: width)
    return (
      String(picture.columns.map(\.bar)),
      String(picture.columns.map { $0.isInsight ? "x" : "." } as [Character])
    )
  }

  @Test func `one call stands out from none`() {
    #expect(bars([0, 1, 500, 1000], width: 9, insight: 2..<4).0 == "▁▂▅█")
  }

  @Test func `the insight's columns are marked`() {
    #expect(bars([0, 1, 9, 9, 0], width: 9, insight: 2..<4).1 == "..xx.")
  }

  @Test func `a spike of one minute survives a narrow picture`() {
    let (bars, marks) = bars([0, 0, 0, 0, 0, 9, 0, 0], width: 4, insight: 5..<6)
    #expect(bars == "▁▁█▁")
    #expect(marks == "..x.")
  }

  @Test func `no counts, no picture`() {
    #expect(bars([], width: 4, insight: 0..<1).0 == "")
    #expect(bars([0, 0], width: 4, insight: 0..<1).0 == "▁▁")
  }
}
