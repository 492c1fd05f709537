// SPDX-License-Identifier: Apache-2.0

/// What the model says of one row of a plain series.
public struct ScoredValue: Equatable, Sendable {
  /// The median of what was expected, in the series' unit.
  public var expected: Double
  /// Half a percent of values were expected below.
  public var lower: Double
  /// Half a percent of values were expected above.
  public var upper: Double
  /// −log₁₀ of the chance of a row this extreme on either side; 0 is usual.
  public var anomalyScore: Double

  /// Creates a judgement.
  public init(expected: Double, lower: Double, upper: Double, anomalyScore: Double) {
    self.expected = expected
    self.lower = lower
    self.upper = upper
    self.anomalyScore = anomalyScore
  }
}
