// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Vocabulary

/// The form that sorts and filters the cards; hidden where scripts do not run.
struct FilterBar {
  let insights: [Insight]

  func write(to page: inout Markup) {
    page.element(
      "form",
      ["id": "filters", "class": "filters", "hidden": "", "aria-label": "Sort and filter"]
    ) { page in
      appendOrder(to: &page)
      page.element("label") { page in
        page.text("least severity")
        page.begin(
          "input", ["type": "number", "name": "least", "min": "0", "max": "100", "value": "0"])
      }
      appendChoice("account", insights.map(\.series.recipientAccountID), to: &page)
      appendChoice("region", insights.map(\.series.awsRegion), to: &page)
      appendChoice("call", insights.map { callText($0.series) }, to: &page)
      appendChoice("type", insights.map { typeText($0.series.insightType) }, to: &page)
      page.element("label") { page in
        page.text("search")
        page.begin(
          "input", ["type": "search", "name": "text", "placeholder": "ARN, address, event ID"])
      }
      page.element(
        "button", ["type": "button", "name": "unfold", "title": "what is open is printed"],
        text: "open all")
      page.element("button", ["type": "button", "name": "fold"], text: "close all")
      page.element("button", ["type": "reset"], text: "reset")
      page.element("output", ["id": "shown"]) { _ in }
    }
  }

  private func appendOrder(to page: inout Markup) {
    let orders = [
      ("severity", "most severe first"), ("newest", "newest first"), ("oldest", "oldest first"),
      ("call", "by call"), ("account", "by account and Region"),
    ]
    page.element("label") { page in
      page.text("order")
      page.element("select", ["name": "order"]) { page in
        for (value, text) in orders { page.element("option", ["value": value], text: text) }
      }
    }
  }

  private func appendChoice(_ name: String, _ values: [String], to page: inout Markup) {
    page.element("label") { page in
      page.text(name)
      page.element("select", ["name": name]) { page in
        page.element("option", ["value": ""], text: "all")
        for value in Set(values).sorted(by: utf8Less) {
          page.element("option", ["value": value], text: value)
        }
      }
    }
  }
}

/// The class of a severity: its tone of colour.
func toneClass(_ severity: Double) -> String {
  severity >= 80 ? "high" : severity >= 50 ? "middle" : "low"
}
