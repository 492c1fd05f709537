// SPDX-License-Identifier: Apache-2.0
public import Counts
public import Insights
public import Store
import Vocabulary

/// What a state file tells, without any logs.
public struct SavedFindings {
  private let state: RunState

  /// Looks into a state file that was opened for reading.
  public init(_ file: StateFile) {
    state = RunState(file: file)
  }

  /// Returns the insights that the state knows, in the chosen time range, and what was covered.
  ///
  /// The days since the checkpoint are judged anew from their counts, so that what a stream was
  /// killed over is told, too; `options` are those that `adopted` gave.
  public func findings(_ options: DetectionOptions) throws(StateFailure) -> Findings {
    var run = try state.run(options: options)
    run.judgeAll(from: try state.checkpoint()?.day)
    let insights = try state.insights() + run.insights
    var coverage = try state.coverage()
    coverage.gaps = run.gaps
    return Findings(
      insights: insights.filter(options.reports), coverage: coverage,
      alertsPerWeek: options.alertsPerWeek)
  }

  /// Returns all counts that the state keeps.
  public func history() throws(StateFailure) -> CountHistory {
    CountHistory(try state.counts(of: 0..<Int.max))
  }

  /// Returns the options with the settings that the state was made with and, unless another was
  /// asked for, its budget.
  public func adopted(
    _ options: DetectionOptions, hasBudget: Bool
  ) throws(StateFailure) -> DetectionOptions {
    var options = options
    if !hasBudget, let budget = try state.alertsPerWeek() { options.alertsPerWeek = budget }
    if let settings = try state.settings() {
      options.baselineDays = settings.baselineDays
      options.countsAggregated = settings.countsAggregated
    }
    return options
  }
}
