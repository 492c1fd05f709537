// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Vocabulary

/// Who and what made the calls, in the insight and in its baseline side by side.
struct AttributionTables {
  let insight: Insight

  private struct Row {
    let value: String
    /// Events per minute; `nil` where it is among the others.
    let inside: Double?
    let usual: Double?
  }

  func write(to page: inout Markup) {
    for attribution in ordered {
      page.element("div", ["class": "scroll"]) { page in
        page.element("table") { page in
          page.element("caption", text: Self.title(of: attribution.attribute))
          page.raw("<thead><tr><th scope=\"col\">value<th scope=\"col\" class=\"number\">")
          page.raw("in the insight<th scope=\"col\" class=\"number\">baseline</thead>")
          page.element("tbody") { page in
            for row in rows(of: attribution) { append(row, to: &page) }
          }
        }
      }
    }
  }

  private var ordered: [Insight.Attribution] {
    let order: [Attribute] = [
      .userIdentityArn, .userAgent, .sourceIPAddress, .accessKeyId, .errorCode,
    ]
    return order.compactMap(insight.attribution)
  }

  private static func title(of attribute: Attribute) -> String {
    switch attribute {
    case .userIdentityArn: "Who"
    case .userAgent: "User agent"
    case .errorCode: "Error code (null is success)"
    case .sourceIPAddress: "Source address"
    case .accessKeyId: "Access key"
    }
  }

  private func append(_ row: Row, to page: inout Markup) {
    page.element("tr") { page in
      page.element("th", ["scope": "row"]) { page in
        page.element("span", ["class": "value clamp"], text: row.value)
      }
      page.element("td", ["class": "number"], text: inside(row))
      page.element(
        "td", ["class": "number"], text: row.usual.map { $0 > 0 ? rate($0) : "0" } ?? "–")
    }
  }

  private func inside(_ row: Row) -> String {
    guard let average = row.inside else { return "–" }
    guard average > 0 else { return "0" }
    let total = insight.statistics.insightAverage
    let share = total > 0 ? " \(Int((min(1, average / total) * 100).rounded())) %" : ""
    return rate(average) + share
  }

  private func rate(_ average: Double) -> String { PeopleText.rate(perMinute: average) }

  /// The values told for the insight, those told for the baseline alone, and the others.
  private func rows(of attribution: Insight.Attribution) -> [Row] {
    let usualTold = Dictionary(attribution.baseline.map { ($0.value, $0.average) }) { $1 }
    var rows = attribution.insight.enumerated().map { index, value in
      let usual = attribution.usual.indices.contains(index) ? attribution.usual[index] : nil
      return Row(
        value: value.value, inside: value.average, usual: usual ?? usualTold[value.value])
    }
    let told = Set(attribution.insight.map(\.value))
    // Where fewer than five are told, there are no others.
    let unseen: Double? = told.count < 5 ? 0 : nil
    rows += attribution.baseline.filter { !told.contains($0.value) }
      .map { Row(value: $0.value, inside: unseen, usual: $0.average) }
    return rows + others(beside: rows)
  }

  private func others(beside rows: [Row]) -> [Row] {
    let statistics = insight.statistics
    let inside = statistics.insightAverage - rows.reduce(0) { $0 + ($1.inside ?? 0) }
    let usual = statistics.baselineAverage - rows.reduce(0) { $0 + ($1.usual ?? 0) }
    // Less than half an event is rounding.
    let isInside = inside * Double(statistics.insightMinutes) > 0.5
    let isUsual = usual * Double(statistics.baselineMinutes) > 0.5
    guard isInside || isUsual else { return [] }
    return [
      Row(value: "other or unknown", inside: isInside ? inside : 0, usual: isUsual ? usual : 0)
    ]
  }
}
