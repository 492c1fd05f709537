// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Vocabulary

/// The rules that silence known noise, and what each silenced: hidden, but not lost.
struct SuppressedPart {
  let rules: [SuppressedInsights]

  func write(to page: inout Markup) {
    guard !rules.isEmpty else { return }
    page.element("section", ["id": "suppressed"]) { page in
      page.element("h2", text: "Silenced by rules")
      for rule in rules {
        page.element("details") { page in
          page.element("summary") { page in
            page.element("strong", ["class": "value"], text: rule.rule)
            page.text(": \(PeopleText.count(rule.insights.count, "insight"))")
            if let expires = rule.expires { page.text(", until \(expires.rfc3339)") }
            if !rule.reason.isEmpty { page.element("p", ["class": "soft"], text: rule.reason) }
          }
          page.element("ul") { page in
            for insight in rule.insights { append(insight, to: &page) }
          }
        }
      }
    }
  }

  private func append(_ insight: Insight, to page: inout Markup) {
    page.element("li") { page in
      page.text("\(minuteText(insight.start)) UTC, severity \(Int(insight.severity)): ")
      page.text(InsightSentence(insight).text + " ")
      page.element("span", ["class": "id value"], text: insight.id)
    }
  }
}
