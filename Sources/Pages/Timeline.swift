// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Vocabulary

/// All insights by time and severity; each leads to its card.
struct Timeline {
  private let insights: [Insight]
  private let gaps: [Coverage.Gap]
  private let start: Int
  private let end: Int

  init?(_ findings: Findings) {
    let insights = findings.insights
    guard let first = insights.map(\.start.sinceEpoch).min(),
      let last = insights.map({ Self.end(of: $0) }).max()
    else { return nil }
    self.insights = insights
    gaps = findings.coverage.gaps
    start = min(first, findings.coverage.firstEventTime?.minute.sinceEpoch ?? first)
    end = max(last, findings.coverage.lastEventTime?.minute.sinceEpoch ?? last, start + 1)
  }

  func write(to page: inout Markup) {
    page.element("div", ["class": "scroll"]) { page in
      page.element(
        "svg",
        [
          "class": "timeline", "viewBox": "0 0 1000 200", "role": "img",
          "aria-label": "All insights by time and severity; the list below holds the same.",
        ]
      ) { page in
        appendFrame(to: &page)
        for insight in insights { append(insight, to: &page) }
      }
    }
  }

  private static func end(of insight: Insight) -> Int {
    insight.start.sinceEpoch + max(1, insight.statistics.insightMinutes)
  }

  private func x(_ minute: Int) -> Double {
    40 + 950 * Double(min(max(minute, start), end) - start) / Double(end - start)
  }

  private func y(_ severity: Double) -> Double { 170 - 1.5 * max(0, min(100, severity)) }

  private func appendFrame(to page: inout Markup) {
    for gap in gaps {
      let (from, to) = (x(gap.range.start.sinceEpoch), x(gap.range.end.sinceEpoch))
      page.path(
        "M\(Plane.text(from)) 20V170H\(Plane.text(max(from + 1, to)))V20z", "gap")
    }
    for severity in [0, 50, 80, 100] {
      let height = Plane.text(y(Double(severity)))
      page.path("M40 \(height)H990", "axis")
      page.label(String(severity), x: "34", y: height, anchor: "end")
    }
    page.label("severity", x: "44", y: "12")
    // At most a dozen dates, at midnights.
    let days = (start / 1440 + 1)...max(start / 1440 + 1, end / 1440)
    let every = max(1, days.count / 12 + (days.count % 12 > 0 ? 1 : 0))
    for day in days where (day - days.lowerBound) % every == 0 && day * 1440 < end {
      let place = Plane.text(x(day * 1440))
      page.path("M\(place) 170V175", "axis")
      page.label(
        String(Minute(day: day).rfc3339.dropFirst(5).prefix(5)), x: place, y: "190",
        anchor: "middle")
    }
  }

  private func append(_ insight: Insight, to page: inout Markup) {
    let from = x(insight.start.sinceEpoch)
    let width = max(6, x(Self.end(of: insight)) - from)
    let tip =
      "\(minuteText(insight.start)) \(callText(insight.series)), severity \(Int(insight.severity))"
    // Links of a picture that repeats the list would only be in the way of the tabulator key.
    page.element("a", ["href": "#i-" + insight.id, "tabindex": "-1"]) { page in
      page.element(
        "rect",
        [
          "class": "dot " + toneClass(insight.severity), "x": Plane.text(from),
          "y": Plane.text(y(insight.severity) - 3), "width": Plane.text(width), "height": "6",
          "rx": "3",
        ]
      ) { $0.element("title", text: tip) }
    }
  }
}
