// SPDX-License-Identifier: Apache-2.0
public import Baselines

/// A day's forecast, summed up minute by minute, gaps and backlogs allowed for.
public struct DayExpectation: Sendable {
  /// The forecast.
  public let baseline: Baseline
  /// Events expected before each minute of the day, and behind the last.
  private var cumulative: [Double]

  private struct Scaling: Codable {
    let minutes: Range<Int>
    let factor: Double
  }

  /// What was scaled, in order: with the baseline, all that needs to be kept.
  private var scalings: [Scaling] = []

  /// Sums up a forecast.
  public init(_ baseline: Baseline) {
    self.baseline = baseline
    cumulative = baseline.cumulativeExpectation()
  }

  /// Returns the events expected from a minute of the day up to another.
  @inline(__always)
  public func total(_ start: Int, _ end: Int) -> Double {
    end > start ? cumulative[end] - cumulative[start] : 0
  }

  /// Multiplies what some minutes of the day expect: 0 for a gap, more than 1 for a backlog.
  public mutating func scale(_ minutes: Range<Int>, by factor: Double) {
    scalings.append(Scaling(minutes: minutes, factor: factor))
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

extension DayExpectation: Codable {
  private enum CodingKeys: CodingKey {
    case baseline, scalings
  }

  /// Sums up a forecast that was kept, and scales it again.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try container.decode(Baseline.self, forKey: .baseline))
    for scaling in try container.decode([Scaling].self, forKey: .scalings) {
      scale(scaling.minutes, by: scaling.factor)
    }
  }

  /// Encodes the forecast and what was scaled.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(baseline, forKey: .baseline)
    try container.encode(scalings, forKey: .scalings)
  }
}
