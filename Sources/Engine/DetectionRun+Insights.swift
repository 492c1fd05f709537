// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Scores
import Vocabulary

/// What is told of the day at hand.
extension DetectionRun {
  /// Looks at all minutes up to one, and leaves what was judged as it is.
  ///
  /// - Parameters:
  ///   - end: the first minute that is not looked at.
  ///   - told: what was told before; what is new is added.
  /// - Returns: what is new.
  mutating func preview(until end: Int, told: inout ToldInsights) -> [StreamEvent] {
    guard let (interruptions, _) = survey(until: end), let today else { return [] }
    let around = DayContext.Activity(series, today, yesterdays: yesterdays, indices: indices)
    var events: [StreamEvent] = []
    for index in series.indices where isPresent(index, on: today.day) {
      guard var seriesDay = seriesDay(index, of: today, interruptions.of(series: index)),
        seriesDay.mayChange(with: series[index])
      else { continue }
      let endedBefore = seriesDay.ended.count
      seriesDay.advance(
        until: end, counts: series[index], context: DayContext(index, around),
        keepsStandouts: false
      ) {
        insight(of: $0, index, asOf: $1, scorer: $2)
      }
      for insight in seriesDay.ended.dropFirst(endedBefore) {
        events += told.tell(insight, isFinal: false)
      }
      if let open = seriesDay.tracker.open, !told.knows(series[index].key, open) {
        events += told.tell(openInsight(open, index, seriesDay), isFinal: false)
      }
    }
    return events
  }

  /// Takes the insights of days that are over away.
  mutating func takeEnded() -> [Insight] {
    defer { ended = [] }
    return ended
  }

  /// The day's insights so far, those that are open as of the last minute judged.
  var insightsOfToday: [Insight] {
    guard let today else { return [] }
    return series.indices.flatMap { index -> [Insight] in
      guard let judged = today.judged[index] else { return [] }
      guard let open = judged.tracker.open else { return judged.ended }
      return judged.ended + [openInsight(open, index, judged)]
    }
  }

  func openInsight(_ open: Incident, _ index: Int, _ judged: SeriesDay) -> Insight {
    insight(of: open, index, asOf: judged.position - 1, scorer: judged.scorer(series[index]))
  }

  func insight(
    of incident: Incident, _ index: Int, asOf minute: Int, scorer: WindowScorer
  ) -> Insight {
    let account = series[index].key.recipientAccountID
    let builder = InsightBuilder(
      counts: series[index], callers: callers,
      firstMinute: Minute(sinceEpoch: accounts.firstMinute(of: account)))
    return builder.insight(of: incident, asOf: minute, scorer: scorer)
  }

  func observed(_ index: Int, _ judged: SeriesDay) {
    observe?(
      index, judged.scorer(series[index]), (minutes?.upperBound ?? 0) + 1, judged.standouts)
  }

  func observeToday() {
    for (index, judged) in (today?.judged ?? []).enumerated() {
      if let judged { observed(index, judged) }
    }
  }
}
