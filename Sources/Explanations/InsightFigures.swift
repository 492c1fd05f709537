// SPDX-License-Identifier: Apache-2.0
public import Insights
import Reports
import Vocabulary

/// The numbers of an insight with their names, for people.
public enum InsightFigures {
  /// Returns names and values, in the order in which one asks for them.
  public static func entries(of insight: Insight) -> [(name: String, value: String)] {
    let statistics = insight.statistics
    let probability = probabilityText(log10: insight.log10PValue)
    let figures = [
      ("Baseline average", PeopleText.rate(perMinute: statistics.baselineAverage)),
      ("Expected here", PeopleText.rate(perMinute: statistics.expectedAverage)),
      ("Insight average", PeopleText.rate(perMinute: statistics.insightAverage)),
      ("Rate change", PeopleText.change(insight.rateChange)),
      (
        insight.series.insightType == .apiErrorRate ? "Errors" : "Calls",
        PeopleText.count(statistics.calls)
      ),
      ("Start (UTC)", minuteText(insight.start)),
      ("End (UTC)", insight.end.map(minuteText) ?? "open"),
      ("Known at (UTC)", minuteText(insight.detected)),
      ("Stood out most over", PeopleText.duration(minutes: insight.windowMinutes)),
      ("Chance under the baseline", probability),
    ]
    return figures.filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1) }
  }
}
