// SPDX-License-Identifier: Apache-2.0
public import Counts
public import Insights
public import Store
public import Vocabulary

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
  /// killed over is told, too.
  public func findings(_ options: DetectionOptions) throws(StateFailure) -> Findings {
    let options = try adopted(options)
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

  /// What all runs on the state covered.
  public func coverage() throws(StateFailure) -> Coverage { try state.coverage() }

  /// The options with those settings that the state was made with.
  public func adopted(_ options: DetectionOptions) throws(StateFailure) -> DetectionOptions {
    var options = options
    if let settings = try state.settings() {
      options.baselineDays = settings.baselineDays
      options.countsAggregated = settings.countsAggregated
    }
    return options
  }
}
