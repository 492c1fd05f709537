// SPDX-License-Identifier: Apache-2.0
import Insights
import Testing
import Vocabulary

@testable import Suppression

/// What rules silence, and what is left.
@Suite struct RuleTests {
  @Test func `the first rule that matches has the insight, and every rule is listed`() throws {
    let findings = try findings(
      after: #"""
        [{"name":"b","reason":"why","pattern":{"insightDetails":{"eventName":["Two"]}}},
         {"name":"a","pattern":{"insightDetails":{"eventName":["One","Two"]}}}]
        {"name":"never","pattern":{"insightDetails":{"eventName":["Four"]}}}
        """#)
    #expect(findings.insights.map(\.series.eventName) == ["Three"])
    #expect(findings.suppressed.map(\.rule) == ["b", "a", "never"])
    #expect(
      findings.suppressed.map { $0.insights.map(\.series.eventName) } == [["Two"], ["One"], []])
    #expect(findings.suppressed[0].reason == "why")
    #expect(findings.suppressed[0].insights.map(\.suppressedBy) == ["b"])
    #expect(findings.withSuppressed.insights.map(\.series.eventName) == ["One", "Two", "Three"])
  }

  @Test func `a rule holds for insights that start before it expires`() throws {
    let rule = #"{"name":"a","expires":"TIME","pattern":{"insightDetails":{"eventName":["One"]}}}"#
    for (time, left) in [
      ("1970-01-01T00:05:00Z", 3), ("1970-01-01T00:10:00Z", 3), ("1970-01-01T00:10:01Z", 2),
      ("2999-01-01", 2),
    ] {
      let text = rule.replacing("TIME", with: time)
      #expect(try findings(after: text).insights.count == left, "\(time)")
    }
  }

  @Test(arguments: [
    #"{"source":["aws.cloudtrail"],"detail-type":["AWS Insight via CloudTrail"],"detail":{"insightDetails":{"eventName":["One"]}}}"#,
    #"{"region":["eu-west-1"],"detail":{"insightDetails":{"eventName":[{"wildcard":"On*"}]}}}"#,
    #"{"account":["111122223333"],"insightDetails":{"eventName":["One"],"state":["End"]}}"#,
  ])
  func `patterns may be written for the record or for its envelope`(pattern: String) throws {
    let left = try findings(after: #"{"name":"a","pattern":"# + pattern + "}")
    #expect(left.insights.map(\.series.eventName) == ["Two", "Three"])
  }

  private func findings(after rules: String) throws -> Findings {
    var findings = Findings(
      insights: ["One", "Two", "Three"].enumerated().map { insight($1, at: 10 + $0) },
      coverage: Coverage(), alertsPerWeek: 1)
    try SuppressionRules(parsing: Array(rules.utf8)).apply(to: &findings) { insight in
      ["Start", "End"].map { state in
        Array(
          """
          {"eventID":"e","eventTime":"1970-01-01T00:10:00Z","awsRegion":"eu-west-1",
          "recipientAccountId":"111122223333","insightDetails":{"state":"\(state)",
          "eventName":"\(insight.series.eventName)"}}
          """.utf8)
      }
    }
    return findings
  }

  private func insight(_ name: String, at minute: Int) -> Insight {
    let start = Minute(sinceEpoch: minute)
    return Insight(
      id: name,
      series: SeriesKey(
        recipientAccountID: "111122223333", awsRegion: "eu-west-1", eventCategory: "Management",
        eventSource: "iam.amazonaws.com", eventName: name, insightType: .apiCallRate),
      direction: .above, start: start, end: start + 5, detected: start + 5, windowMinutes: 5,
      statistics: .init(
        baselineAverage: 0, baselineMinutes: 10080, expectedAverage: 0, insightAverage: 1,
        insightMinutes: 5, startAverage: 1, startMinutes: 5, calls: 5),
      severity: 90, log10PValue: -9, attributions: [], evidence: [],
      excerpt: .init(start: start, stepMinutes: 1, counts: [], expected: []))
  }
}
