// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights

/// Who and what made the calls, in the insight and in its baseline side by side.
struct AttributionTables {
  let insight: Insight

  func write(to page: inout Markup) {
    let comparison = AttributionComparison(insight)
    page.element("div", ["class": "attributions"]) { page in
      for (title, rows) in comparison.tables {
        page.element("div", ["class": "scroll"]) { page in
          append(title, rows, comparison, to: &page)
        }
      }
    }
  }

  private func append(
    _ title: String, _ rows: [AttributionComparison.Row], _ comparison: AttributionComparison,
    to page: inout Markup
  ) {
    page.element("table") { page in
      page.element("caption", text: title)
      page.raw("<thead><tr><th scope=\"col\">value<th scope=\"col\" class=\"number\">")
      page.raw("in the insight<th scope=\"col\" class=\"number\">baseline</thead>")
      page.element("tbody") { page in
        for row in rows { append(row, comparison, to: &page) }
      }
    }
  }

  private func append(
    _ row: AttributionComparison.Row, _ comparison: AttributionComparison, to page: inout Markup
  ) {
    page.element("tr") { page in
      page.element("th", ["scope": "row"]) { page in
        page.element("span", ["class": "value clamp"], text: row.value)
      }
      page.element("td", ["class": "number"], text: comparison.inside(row))
      page.element("td", ["class": "number"], text: comparison.usual(row))
    }
  }
}
