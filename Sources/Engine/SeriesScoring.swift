// SPDX-License-Identifier: Apache-2.0
public import Scores

/// Scores a plain series row by row: a row's score rests on the rows before it and itself.
public struct SeriesScoring: Sendable {
  /// The usual distance of two rows in milliseconds, by majority so far; `nil` before the second.
  public private(set) var stepMilliseconds: Int?
  private var votes = 0
  private var lastTime: Int?
  private var scorer = ValueScorer()

  /// Creates a model that has seen nothing.
  public init() {}

  /// Judges a row by those before it, then learns from it.
  public mutating func score(_ value: Double, atMilliseconds time: Int) -> ScoredValue {
    if let lastTime, time > lastTime { vote(for: time - lastTime) }
    lastTime = time
    return scorer.score(value, atMilliseconds: time)
  }

  /// The vote of Boyer and Moore: a step that most rows have wins, and costs no memory.
  private mutating func vote(for step: Int) {
    if step == stepMilliseconds {
      votes += 1
    } else if votes > 0 {
      votes -= 1
    } else {
      stepMilliseconds = step
      votes = 1
    }
  }
}
