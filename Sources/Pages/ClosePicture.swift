// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Vocabulary

/// The series around an insight: counts as bars, what was expected as a line in its band, the
/// insight's minutes marked.
struct ClosePicture {
  private let insight: Insight
  private let plane: Plane

  init(_ insight: Insight) {
    self.insight = insight
    let excerpt = insight.excerpt
    let highest = max(
      excerpt.counts.max() ?? 0, excerpt.usual.map(\.upperBound).max() ?? 0, 1)
    plane = Plane(
      left: 60, right: 790, top: 24, bottom: 180, stepCount: excerpt.counts.count,
      highest: Double(highest))
  }

  func write(to page: inout Markup) {
    let excerpt = insight.excerpt
    guard !excerpt.counts.isEmpty else { return }
    page.element(
      "svg",
      ["class": "close", "viewBox": "0 0 800 206", "role": "img", "aria-label": description]
    ) { page in
      let start = plane.x(position(of: insight.start))
      page.path("M\(start) 24V180H\(plane.x(position(of: end)))V24z", "mark")
      page.path(plane.area(excerpt.usual), "band")
      page.bars(plane.bars(excerpt.counts) { !isInside($0) }, "bar", width: plane.barWidth)
      page.bars(plane.bars(excerpt.counts, where: isInside), "hot", width: plane.barWidth)
      page.path(plane.steps(excerpt.expected), "expected")
      let usual = plane.y(insight.statistics.baselineAverage * Double(excerpt.stepMinutes))
      page.path("M\(plane.x(0)) \(usual)H\(plane.x(Double(plane.stepCount)))", "usual")
      page.axes(of: plane, unit: unit)
      appendTimes(to: &page)
    }
  }

  private var end: Minute {
    insight.end ?? insight.start + max(1, insight.statistics.insightMinutes)
  }

  private func position(of minute: Minute) -> Double {
    let steps = Double(minute - insight.excerpt.start) / Double(insight.excerpt.stepMinutes)
    return max(0, min(Double(plane.stepCount), steps))
  }

  private func isInside(_ step: Int) -> Bool {
    let start = insight.excerpt.start + step * insight.excerpt.stepMinutes
    return start < end && insight.start < start + insight.excerpt.stepMinutes
  }

  private var unit: String {
    let step = PeopleText.duration(minutes: insight.excerpt.stepMinutes)
    return typeText(insight.series.insightType) + " per " + step
  }

  private func appendTimes(to page: inout Markup) {
    let excerpt = insight.excerpt
    let last = excerpt.start + excerpt.counts.count * excerpt.stepMinutes
    page.label(minuteText(excerpt.start), x: Plane.text(plane.left), y: "200")
    page.label(minuteText(last), x: Plane.text(plane.right), y: "200", anchor: "end")
    let start = position(of: insight.start) / Double(max(1, plane.stepCount))
    guard (0.3...0.7).contains(start) else { return }
    let time = String(minuteText(insight.start).suffix(5))
    page.label(time, x: plane.x(position(of: insight.start)), y: "200", anchor: "middle")
  }

  private var description: String {
    let excerpt = insight.excerpt
    return "\(unit), from \(minuteText(excerpt.start)); at most "
      + "\(PeopleText.count(excerpt.counts.max() ?? 0)) in a step"
  }
}
