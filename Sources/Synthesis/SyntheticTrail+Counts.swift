// SPDX-License-Identifier: Apache-2.0
public import Counts
import Vocabulary

extension SyntheticTrail {
  /// Returns the counts of all series, as a reader of the log files would count them.
  ///
  /// Why: drawing events, callers and gzip files takes a hundred times as long, and a detector
  /// looks at counts alone. Nobody stands behind these calls, so there are no attributions.
  public func countHistory() -> CountHistory {
    var table = CountTable()
    let first = Int32(firstMinute.sinceEpoch)
    for (index, series) in series.enumerated() {
      let counts = counts(ofSeries: index)
      let minutes = counts.indices.filter { counts[$0] > 0 }
      table.add(
        SeriesCounts(
          key: series.key, minutes: minutes.map { first + Int32($0) },
          counts: minutes.map { counts[$0] }))
    }
    return CountHistory(table)
  }
}
