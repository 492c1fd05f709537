// SPDX-License-Identifier: Apache-2.0
import Baselines
public import Counts
import Insights
import Scores
import Vocabulary

/// How counts come in, also of series that were never seen.
extension DetectionRun {
  /// Adds counts to those at hand.
  ///
  /// - Parameter history: events that were not there before, of any minutes.
  /// - Complexity: O(series) where new ones come, and O(1) a minute behind the last of a series.
  public mutating func absorb(_ history: CountHistory) { absorb(history.series) }

  /// Adds counts, sorted by series, to those at hand.
  mutating func absorb(_ series: [SeriesCounts]) {
    insertSeries(series.lazy.map(\.key).filter { indices[$0] == nil })
    for counts in series {
      if let index = indices[counts.key] { absorb(counts, index) }
    }
  }

  private mutating func absorb(_ counts: SeriesCounts, _ index: Int) {
    guard let first = counts.minutes.first else { return }
    var fresh = counts.minutes
    if series[index].minuteCount == 0 {
      series[index] = counts
    } else {
      fresh = []
      for (position, minute) in counts.minutes.enumerated() {
        let minutesBefore = series[index].minuteCount
        series[index].add(counts.count(at: position), minute: Int(minute))
        if series[index].minuteCount > minutesBefore { fresh.append(minute) }
      }
    }
    accounts.note(fresh, account: counts.key.recipientAccountID)
    firstMinutes[index] = min(firstMinutes[index], Int(first))
    if let touched = today?.touched[index] { today?.touched[index] = min(touched, Int(first)) }
  }

  /// Makes room for keys that are new, sorted.
  mutating func insertSeries(_ keys: [SeriesKey]) {
    guard !keys.isEmpty else { return }
    var places: [Int] = []
    var merged: [SeriesCounts] = []
    merged.reserveCapacity(series.count + keys.count)
    var next = 0
    for key in keys {
      while next < series.count, series[next].key < key {
        merged.append(series[next])
        next += 1
      }
      places.append(merged.count)
      merged.append(SeriesCounts(key: key, minutes: [], counts: []))
    }
    series = merged + series[next...]
    indices = Dictionary(uniqueKeysWithValues: series.enumerated().map { ($1.key, $0) })
    firstMinutes = firstMinutes.inserting(.max, at: places)
    model.insertSeries(at: places)
    trackers = trackers.inserting(InsightTracker(), at: places)
    yesterdays = yesterdays.inserting(nil, at: places)
    today?.insertSeries(at: places)
    deliveries.regroup(series)
  }
}
