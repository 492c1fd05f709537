// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports

/// What was read and what was not: how far the page can be trusted.
struct CoveragePart {
  let findings: Findings

  func write(to page: inout Markup) {
    let text = CoverageText(findings.coverage)
    page.element("h2", text: "What was read")
    page.element("table") { page in
      page.element("tbody") { page in
        for (label, text) in text.entries {
          page.element("tr") { page in
            page.element("th", ["scope": "row"], text: label)
            page.element("td", text: text)
          }
        }
      }
    }
    if !text.faultLines.isEmpty {
      page.element("ul") { page in
        for line in text.faultLines { page.element("li", ["class": "value"], text: line) }
      }
    }
  }
}
