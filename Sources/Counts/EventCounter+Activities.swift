// SPDX-License-Identifier: Apache-2.0
public import Events
import Vocabulary

/// Summaries of calls, in call-rate series of their own.
extension EventCounter {
  /// What stands for the event category in the key of a series of summaries.
  ///
  /// Why a category: the same calls may stand in the trail one by one, too, and the two counts of
  /// them must neither be added up nor judged by one baseline.
  static let category = "Aggregated"

  /// Counts the summaries of a batch that are admitted.
  ///
  /// A count is spread evenly over the minutes that it sums up, the first ones taking what is left
  /// over. Why: all of it in one minute would be a burst every five minutes, which a baseline of
  /// minutes takes for a storm; spread, a window of five minutes or more sees what was counted.
  ///
  /// - Parameters:
  ///   - batch: what a decoder read that was asked for summaries.
  ///   - symbols: the texts of the batch's symbols.
  ///   - isAdmitted: as many as summaries; `false` for duplicates.
  public mutating func count(
    activitiesOf batch: EventBatch, symbols: SymbolTable, isAdmitted: [Bool]
  ) {
    for (activity, isAdmitted) in zip(batch.activities, isAdmitted) where isAdmitted {
      for statistic in activity.statistics {
        let series = table.seriesNumber(
          SeriesKey(
            recipientAccountID: symbols[activity.recipientAccountID],
            awsRegion: symbols[activity.awsRegion], eventCategory: Self.category,
            eventSource: symbols[activity.eventSource], eventName: symbols[statistic.eventName],
            insightType: .apiCallRate))
        spread(statistic.count, over: activity.window, series: series, evidence: activity.eventID)
      }
    }
  }

  private mutating func spread(
    _ count: Int32, over window: MinuteRange, series: Int, evidence: EventID?
  ) {
    let (share, rest) = count.quotientAndRemainder(dividingBy: Int32(window.end - window.start))
    for offset in 0..<(window.end - window.start) {
      let part = share + (offset < Int(rest) ? 1 : 0)
      guard part > 0 else { return }
      let cell = table.add(part, series: series, minute: window.start + offset)
      if let evidence { table.addEvidence(evidence, file: file, cell: cell) }
    }
  }
}
