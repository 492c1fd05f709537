// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Engine
import Insights
import Scores
import Synthesis
import Vocabulary

/// What one incident-free trail shows: every insight on it is a false one.
struct QuietTrail: Sendable {
  static let days = 28
  static let budgets = [1.0, 5, 20]

  /// Insights in the whole trail, by budget.
  let insights: [Int]
  let calibration: Calibration

  /// Makes a trail and runs over it once a budget; p-values are looked at if asked for.
  init(seed: UInt64, seriesCount: Int, calibrates: Bool) {
    var options = SynthesisOptions(seed: seed)
    options.days = Self.days
    options.seriesCount = seriesCount
    options.incidentFree = true
    let trail = SyntheticTrail(options: options)
    let history = trail.countHistory()
    let families = Dictionary(
      trail.series.map { ($0.key, $0.family.rawValue) }, uniquingKeysWith: { first, _ in first })
    var calibration = Calibration()
    var insights: [Int] = []
    for budget in Self.budgets {
      var options = DetectionOptions()
      options.alertsPerWeek = budget
      var run = DetectionRun(history: history, options: options)
      // What is learnt hardly depends on the budget, so one measure is enough.
      if calibrates, budget == Self.budgets.first {
        run.observe = { index, scorer, _, _ in
          calibration.add(
            scorer, family: families[history.series[index].key] ?? "",
            dayOfTrail: scorer.baseline.day - trail.firstMinute.day)
        }
      }
      insights.append(run.run().insights.count)
    }
    self.insights = insights
    self.calibration = calibration
  }
}
