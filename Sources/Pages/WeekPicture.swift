// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Vocabulary

/// The week before an insight in half hours, so that one sees what is usual for the series.
struct WeekPicture {
  let insight: Insight
  let week: Insight.Excerpt

  func write(to page: inout Markup) {
    guard !week.counts.isEmpty else { return }
    let plane = Plane(
      left: 60, right: 790, top: 24, bottom: 90, stepCount: week.counts.count,
      highest: Double(max(1, week.counts.max() ?? 0)))
    let text = "the week before, per \(PeopleText.duration(minutes: week.stepMinutes))"
    page.element(
      "svg", ["class": "week", "viewBox": "0 0 800 114", "role": "img", "aria-label": text]
    ) { page in
      page.bars(plane.bars(week.counts) { !isInside($0) }, "bar", width: plane.barWidth)
      page.bars(plane.bars(week.counts, where: isInside), "hot", width: plane.barWidth)
      page.axes(of: plane, unit: text)
      appendDays(on: plane, to: &page)
    }
  }

  private func isInside(_ step: Int) -> Bool {
    let start = week.start + step * week.stepMinutes
    let end = insight.end ?? insight.start + max(1, insight.statistics.insightMinutes)
    return start < end && insight.start < start + week.stepMinutes
  }

  private func appendDays(on plane: Plane, to page: inout Markup) {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let last = week.start + week.counts.count * week.stepMinutes
    for day in week.start.day + 1...max(week.start.day + 1, last.day) {
      let midnight = Minute(day: day)
      guard midnight < last else { continue }
      let x = plane.x(Double(midnight - week.start) / Double(week.stepMinutes))
      page.path("M\(x) 90V94", "axis")
      // A name that would run out of the picture is left out.
      guard (last - midnight) * 16 > last - week.start else { continue }
      page.label(names[midnight.weekday], x: x, y: "108")
    }
  }
}
