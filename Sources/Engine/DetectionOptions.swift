// SPDX-License-Identifier: Apache-2.0
import Insights
public import Scores
public import Vocabulary

/// What a user may choose about a detection run.
public struct DetectionOptions: Sendable {
  /// Only insights that start at or after it are reported.
  public var from: Timestamp?
  /// Only insights that start before it are reported.
  public var to: Timestamp?
  /// The budget of false insights a week over the whole input.
  public var alertsPerWeek = 1.0
  /// Days of history that a baseline learns from.
  public var baselineDays = 28
  /// What the model takes for granted before it has seen the input.
  public var model = ModelParameters()
  /// Whether aggregated records of `API_ACTIVITY` are counted, in series of their own.
  public var countsAggregated = false
  /// Whether to count who called, too; what finds insights needs it.
  public var countsCallers = true
  /// Workers that read; the result does not depend on it.
  public var threadCount = 1

  /// Creates the options that are used unless others are chosen.
  public init() {}

  /// Whether an insight lies in the chosen time range.
  func reports(_ insight: Insight) -> Bool {
    let start = insight.start.sinceEpoch * 60
    return from.map { start >= $0.secondsSinceEpoch } ?? true
      && to.map { start < $0.secondsSinceEpoch } ?? true
  }
}
