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

  /// What was asked for although a state has one of its own.
  public struct Explicit: Sendable {
    var budget: Bool
    var model: Bool

    /// Creates it of whether there is a budget, and a model.
    public init(budget: Bool, model: Bool) {
      self.budget = budget
      self.model = model
    }
  }

  /// Returns the options with the settings that the state was made with and, unless others were
  /// asked for, its budget and its model.
  public func adopted(
    _ options: DetectionOptions, explicit: Explicit
  ) throws(StateFailure) -> DetectionOptions {
    var options = options
    if !explicit.model, let model = try state.model() { options.model = model }
    if !explicit.budget, let budget = try state.alertsPerWeek() { options.alertsPerWeek = budget }
    if let settings = try state.settings() {
      options.baselineDays = settings.baselineDays
      options.countsAggregated = settings.countsAggregated
    }
    return options
  }
}
