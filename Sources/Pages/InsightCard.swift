// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Vocabulary

/// One insight on the page: a line and a sentence, and folded behind them all that is known.
struct InsightCard {
  let insight: Insight
  let isOpen: Bool

  func write(to page: inout Markup) {
    let series = insight.series
    // An article, not a list item: browsers number list items anew whenever one is hidden.
    page.element(
      "article",
      [
        "role": "listitem", "class": "card " + toneClass(insight.severity), "id": "i-" + insight.id,
        "data-severity": String(wholeSeverity), "data-start": insight.start.rfc3339,
        "data-account": series.recipientAccountID, "data-region": series.awsRegion,
        "data-call": callText(series), "data-type": typeText(series.insightType),
      ]
    ) { page in
      page.element("details", isOpen ? ["open": ""] : [:]) { page in
        page.element("summary") { appendHeading(to: &$0) }
        page.element("div", ["class": "body"]) { appendBody(to: &$0) }
      }
    }
  }

  private var wholeSeverity: Int { Int(max(0, min(100, insight.severity))) }

  private func appendHeading(to page: inout Markup) {
    page.element("span", ["class": "severity"]) { page in
      page.element("span", ["title": "severity, 0 to 100"], text: String(wholeSeverity))
      page.raw(insight.direction == .above ? " ▲ " : " ▼ ")
    }
    page.element("h3") { page in
      page.element("span", ["class": "value"], text: callText(insight.series))
      if insight.series.insightType == .apiErrorRate {
        page.raw(" ")
        page.element("span", ["class": "value"], text: insight.series.errorCode)
      }
    }
    page.element("div", ["class": "facts"]) { page in
      for fact in facts { page.element("span", text: fact) }
    }
    page.element("p", ["class": "sentence"], text: InsightSentence(insight).text)
  }

  private var facts: [String] {
    let series = insight.series
    let duration = PeopleText.duration(minutes: insight.statistics.insightMinutes)
    return [
      minuteText(insight.start) + " UTC", duration + (insight.state == .open ? ", open" : ""),
      PeopleText.change(insight.rateChange), series.awsRegion, series.recipientAccountID,
    ]
  }

  private func appendBody(to page: inout Markup) {
    ClosePicture(insight).write(to: &page)
    if let week = insight.week { WeekPicture(insight: insight, week: week).write(to: &page) }
    appendFigures(to: &page)
    AttributionTables(insight: insight).write(to: &page)
    appendEvidence(to: &page)
    page.element("h4", text: "What to check next")
    page.element("ul") { page in
      for step in NextSteps.steps(for: insight.series, insight.direction) {
        page.element("li", text: step)
      }
    }
    page.element("p", ["class": "id"]) { page in
      page.text("Insight ")
      page.element("span", ["class": "value"], text: insight.id)
    }
  }

  private func appendFigures(to page: inout Markup) {
    page.element("dl", ["class": "figures"]) { page in
      for (name, value) in InsightFigures.entries(of: insight) {
        page.element("div") { page in
          page.element("dt", text: name)
          page.element("dd", text: value)
        }
      }
    }
  }

  private func appendEvidence(to page: inout Markup) {
    guard !insight.evidence.isEmpty else { return }
    page.element("div", ["class": "scroll"]) { page in
      page.element("table") { page in
        page.element("caption", text: "Events that show it")
        page.raw("<thead><tr><th scope=\"col\">eventID<th scope=\"col\">stands in</thead>")
        page.element("tbody") { page in
          for event in insight.evidence { appendRow(of: event, to: &page) }
        }
      }
    }
  }

  private func appendRow(of event: EvidenceEvent, to page: inout Markup) {
    let place = event.file == "-" ? "standard input" : event.file
    page.element("tr") { page in
      page.element("th", ["scope": "row", "class": "value"], text: event.eventID)
      page.element("td", ["class": "value"], text: place.isEmpty ? "not known" : place)
    }
  }
}
