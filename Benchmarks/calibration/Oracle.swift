// SPDX-License-Identifier: Apache-2.0
import Counts
import Engine
import Insights
import Reports
import Scores
import Synthesis
import Vocabulary

/// The detector that knows the laws of a labelled trail: what any detector could find at best.
///
/// Windows are judged by their true mean and variance; threshold, starts and ends are our own.
struct Oracle {
  private let trail: SyntheticTrail

  init(seed: UInt64, days: Int, seriesCount: Int) {
    var options = SynthesisOptions(seed: seed)
    options.days = days
    options.seriesCount = seriesCount
    trail = SyntheticTrail(options: options)
  }

  /// Its insights, as `detect --csv` writes them.
  func csv() -> [UInt8] {
    let history = trail.countHistory()
    let options = DetectionOptions()
    var run = DetectionRun(history: history, options: options)
    let indices = Dictionary(
      trail.series.indices.map { (trail.series[$0].key, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    run.laws = history.series.map { series in
      indices[series.key].map {
        KnownLaw(table: trail.lawTable(ofSeries: $0), first: trail.firstMinute.sinceEpoch)
      }
    }
    let findings = Findings(
      insights: run.run().insights, coverage: Coverage(), alertsPerWeek: options.alertsPerWeek)
    return CSVReport.encode(findings)
  }
}

/// A law of a trail, by minutes since 1970.
private struct KnownLaw: WindowLaw {
  let table: LawTable
  let first: Int

  func moments(_ minutes: Range<Int>) -> (mean: Double, variance: Double) {
    let start = max(0, minutes.lowerBound - first)
    return table.moments(start..<max(start, minutes.upperBound - first))
  }
}
