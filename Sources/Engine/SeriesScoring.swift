// SPDX-License-Identifier: Apache-2.0
public import Scores

/// Scores a plain series row by row: a row's score rests on the rows before it and itself.
public struct SeriesScoring: Sendable {
  /// The usual distance of two rows in milliseconds; `nil` before the second.
  public private(set) var stepMilliseconds: Int?
  private var lastTime: Int?
  private var mean = 0.0
  private var variance = 0.0
  private var count = 0.0

  /// Creates a model that has seen nothing.
  public init() {}

  /// Judges a row by those before it, then learns from it.
  public mutating func score(_ value: Double, atMilliseconds time: Int) -> ScoredValue {
    if stepMilliseconds == nil, let lastTime { stepMilliseconds = time - lastTime }
    lastTime = time
    let deviation = max(variance, 1e-12).squareRoot()
    let z = count > 1 ? abs(value - mean) / deviation : 0
    let rate = max(0.01, 1 / (count + 1))
    let before = mean
    mean += rate * (value - mean)
    variance += rate * ((value - before) * (value - before) - variance)
    count += 1
    return ScoredValue(
      expected: before, lower: before - 3 * deviation, upper: before + 3 * deviation,
      anomalyScore: z * z * 0.217)
  }
}
