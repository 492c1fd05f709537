// SPDX-License-Identifier: Apache-2.0
import Insights
import Testing
import Vocabulary

@testable import Pages

/// The page as a whole: what it holds, and what it lets nobody put into it.
@Suite struct HTMLReportTests {
  @Test func `hostile values are text`() {
    let page = page(of: [
      insight(
        name: "<script>alert(1)</script>", identity: "\"><img src=x onerror='alert(2)'>",
        file: "a\u{202E}b\u{1B}[2J&amp;.json")
    ])
    #expect(page.components(of: "<script>") == 1)
    #expect(!page.contains("<img"))
    #expect(!page.contains("onerror='"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("a\\u{202E}b\\u{1B}[2J&amp;amp;.json"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{1B}" })
  }

  @Test func `a text of 64 kB is cut, and says so`() {
    let page = page(of: [insight(identity: String(repeating: "x", count: 65_536))])
    #expect(page.contains("… (65,536 characters in all)"))
    #expect(page.utf8.count < 60_000)
  }

  @Test func `the policy names the page's own script and style and nothing else`() {
    let page = page(of: [insight()])
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(!page.contains("unsafe-inline"))
    for outside in ["src=\"http", "href=\"http", "url(", "@import", " style=\"", " onclick"] {
      #expect(!page.contains(outside), "\(outside)")
    }
  }

  @Test func `evidence stands beside its file, and each rule beside what it silenced`() {
    var findings = findings([insight()])
    findings.suppressed = [
      SuppressedInsights(
        rule: "nightly <b>", reason: "a job", expires: Timestamp(rfc3339: "2027-01-01"),
        insights: [insight(name: "Quiet")])
    ]
    let page = String(decoding: HTMLReport.encode(findings), as: UTF8.self)
    #expect(page.contains("e-1</th><td class=\"value\">logs/a.json.gz</td>"))
    #expect(page.contains("nightly &lt;b&gt;"))
    #expect(page.contains("Quiet in eu-west-1 ran at"))
    #expect(page.components(of: "class=\"card ") == 1)
  }

  @Test func `every element that is opened is closed`() {
    let page = page(of: [insight(), insight(name: "Other")])
    for name in ["html", "body", "article", "details", "table", "svg", "dl", "div", "ul", "form"] {
      let opened = page.components(of: "<\(name)>") + page.components(of: "<\(name) ")
      #expect(opened == page.components(of: "</\(name)>"), "\(name)")
    }
  }

  @Test func `nothing found is said`() {
    let page = page(of: [])
    #expect(page.contains("<h1>No insights: nothing unusual</h1>"))
    #expect(!page.contains("id=\"filters\""))
  }
}

extension HTMLReportTests {
  private func page(of insights: [Insight]) -> String {
    String(decoding: HTMLReport.encode(findings(insights)), as: UTF8.self)
  }

  private func findings(_ insights: [Insight]) -> Findings {
    var coverage = Coverage()
    coverage.calls = 100
    coverage.firstEventTime = Timestamp(rfc3339: "2026-03-01T00:00:00Z")
    coverage.lastEventTime = Timestamp(rfc3339: "2026-03-09T00:00:00Z")
    return Findings(insights: insights, coverage: coverage, alertsPerWeek: 1)
  }

  private func insight(
    name: String = "RunInstances", identity: String = "arn:aws:iam::111122223333:root",
    file: String = "logs/a.json.gz"
  ) -> Insight {
    let start = Minute(day: CivilDate(year: 2026, month: 3, day: 5).daysSinceEpoch) + 125
    return Insight(
      id: "id-" + name.filter(\.isLetter),
      series: SeriesKey(
        recipientAccountID: "111122223333", awsRegion: "eu-west-1", eventCategory: "Management",
        eventSource: "ec2.amazonaws.com", eventName: name, insightType: .apiCallRate),
      direction: .above, start: start, end: start + 6, detected: start + 2, windowMinutes: 5,
      statistics: .init(
        baselineAverage: 0.01, baselineMinutes: 10080, expectedAverage: 0.02,
        insightAverage: 14.2, insightMinutes: 6, startAverage: 10, startMinutes: 2, calls: 85),
      severity: 91, log10PValue: -40,
      attributions: [
        .init(
          attribute: .userIdentityArn, insight: [.init(value: identity, average: 13)],
          baseline: [], usual: [0.001])
      ],
      evidence: [.init(eventID: "e-1", file: file)],
      excerpt: .init(
        start: start - 3, stepMinutes: 3, counts: [0, 40, 45, 1], expected: [0, 0, 0, 0],
        usual: [0...1, 0...1, 0...1, 0...2]),
      week: .init(start: start - 60, stepMinutes: 30, counts: [1, 0, 85], expected: []))
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
