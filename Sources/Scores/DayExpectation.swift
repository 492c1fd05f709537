// SPDX-License-Identifier: Apache-2.0
public import Baselines

/// A day's forecast, summed up minute by minute, gaps and backlogs allowed for.
public struct DayExpectation: Sendable {
  /// The forecast.
  public let baseline: Baseline
  /// Events expected before each minute of the day, and behind the last.
  private var cumulative: [Double]

  /// Sums up a forecast.
  public init(_ baseline: Baseline) {
    self.baseline = baseline
    cumulative = baseline.cumulativeExpectation()
  }

  /// Returns the events expected from a minute of the day up to another.
  public func total(_ start: Int, _ end: Int) -> Double {
    end > start ? cumulative[end] - cumulative[start] : 0
  }

  /// Multiplies what some minutes of the day expect: 0 for a gap, more than 1 for a backlog.
  public mutating func scale(_ minutes: Range<Int>, by factor: Double) {
    var sum = cumulative[minutes.lowerBound]
    var last = sum
    for minute in minutes {
      let expected = cumulative[minute + 1] - last
      last = cumulative[minute + 1]
      sum += factor * expected
      cumulative[minute + 1] = sum
    }
    let shift = sum - last
    for index in minutes.upperBound + 1..<max(minutes.upperBound + 1, cumulative.count) {
      cumulative[index] += shift
    }
  }
}
