// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Vocabulary

/// The head of the page: how much was found in how much, and all of it by time.
struct SummaryPart {
  let findings: Findings

  func write(to page: inout Markup) {
    let coverage = findings.coverage
    page.element("h1", text: title)
    page.element("p", ["class": "soft"], text: CoverageText(coverage).span)
    page.element("dl", ["class": "figures"]) { page in
      for (name, value) in figures where !value.isEmpty {
        page.element("div") { page in
          page.element("dt", text: name)
          page.element("dd", text: value)
        }
      }
    }
    Timeline(findings)?.write(to: &page)
  }

  private var title: String {
    if findings.coverage.calls == 0 { return "No insights: no calls were read" }
    return findings.insights.isEmpty
      ? "No insights: nothing unusual"
      : PeopleText.count(findings.insights.count, "insight")
  }

  private var figures: [(String, String)] {
    let coverage = findings.coverage
    let suppressed = findings.suppressed.reduce(0) { $0 + $1.insights.count }
    let faults = coverage.faults.count + coverage.omittedFaults.values.reduce(0, +)
    return [
      ("Severe (80 and more)", count { $0 >= 80 }),
      ("Notable (50 to 79)", count { $0 >= 50 && $0 < 80 }),
      ("Slight", count { $0 < 50 }),
      ("Still open", PeopleText.count(findings.insights.count { $0.state == .open })),
      ("Silenced by rules", findings.suppressed.isEmpty ? "" : PeopleText.count(suppressed)),
      ("Calls read", PeopleText.count(coverage.calls)),
      ("Series", PeopleText.count(coverage.series)),
      ("Gaps", PeopleText.count(coverage.gaps.count)),
      ("Faults", PeopleText.count(faults)),
      ("Budget", PeopleText.number(findings.alertsPerWeek) + " false a week"),
    ]
  }

  private func count(_ isCounted: (Double) -> Bool) -> String {
    PeopleText.count(findings.insights.count { isCounted($0.severity.rounded(.down)) })
  }
}
