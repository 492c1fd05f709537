// SPDX-License-Identifier: Apache-2.0
public import Baselines

/// A day's forecast, summed up, gaps and backlogs allowed for.
///
/// Between the middles of two half hours the rate goes straight from a to b, so that k minutes from
/// the one middle on expect k a + (b − a) k² / 60, and all thirty 15 (a + b). So a sum a half hour
/// tells of every minute, where a sum a minute was the most of what a run holds of a series.
public struct DayExpectation: Sendable {
  /// The forecast.
  public let baseline: Baseline
  /// Events expected before the middle of each half hour, the first being the one before midnight.
  private let middles: [Double]
  /// Where the factor changes; empty where nothing was scaled.
  private var steps: [Step] = []
  /// What was scaled, in order: with the baseline, all that needs to be kept.
  private var scalings: [Scaling] = []

  private struct Scaling: Codable {
    let minutes: Range<Int>
    let factor: Double
  }

  /// Minutes that expect so many times what the forecast says, up to the next step.
  private struct Step {
    let minute: Int
    var factor: Double
    /// What the forecast says of the minutes before, and what it is with their factors.
    let forecast: Double
    var sum: Double
  }

  private static let minutesPerHalfHour = 30

  /// Sums up a forecast.
  public init(_ baseline: Baseline) {
    self.baseline = baseline
    let rates = baseline.rates
    let half = Double(Self.minutesPerHalfHour / 2)
    var middles: [Double] = []
    middles.reserveCapacity(rates.count + 1)
    var sum = -half * (rates.first ?? 0)
    var last = rates.first ?? 0
    for rate in rates {
      middles.append(sum)
      sum += half * (last + rate)
      last = rate
    }
    middles.append(sum)
    self.middles = middles
  }

  /// Returns the events expected from a minute of the day up to another.
  ///
  /// - Complexity: O(1), and O(log n) in the scalings.
  public func total(_ start: Int, _ end: Int) -> Double {
    guard end > start else { return 0 }
    guard !steps.isEmpty else { return max(0, forecast(before: end) - forecast(before: start)) }
    return max(0, sum(before: end) - sum(before: start))
  }

  /// Adds what each minute of the day is expected to bring to as many sums.
  public func add(to minutes: inout [Double]) {
    guard steps.isEmpty else {
      for minute in minutes.indices { minutes[minute] += total(minute, minute + 1) }
      return
    }
    let rates = baseline.rates
    var sums = minutes.mutableSpan
    for middle in middles.indices {
      let from = rates[max(0, middle - 1)]
      let rise = (rates[min(rates.count - 1, middle)] - from) / Double(Self.minutesPerHalfHour)
      let start = middle * Self.minutesPerHalfHour - Self.minutesPerHalfHour / 2
      for minute in max(0, start)..<min(sums.count, start + Self.minutesPerHalfHour) {
        sums[minute] += from + rise * (Double(minute - start) + 0.5)
      }
    }
  }

  /// What the forecast says of the minutes before one.
  private func forecast(before minute: Int) -> Double {
    let position = minute + Self.minutesPerHalfHour / 2
    let index = position / Self.minutesPerHalfHour
    let rates = baseline.rates
    let from = rates[max(0, index - 1)]
    let rise = rates[min(rates.count - 1, index)] - from
    let minutes = Double(position % Self.minutesPerHalfHour)
    return middles[index] + minutes * (from + rise * minutes / Double(2 * Self.minutesPerHalfHour))
  }

  // MARK: Scaling

  /// Multiplies what some minutes of the day expect: 0 for a gap, more than 1 for a backlog.
  public mutating func scale(_ minutes: Range<Int>, by factor: Double) {
    scalings.append(Scaling(minutes: minutes, factor: factor))
    guard !minutes.isEmpty else { return }
    if steps.isEmpty { steps = [Step(minute: 0, factor: 1, forecast: 0, sum: 0)] }
    let first = step(at: minutes.lowerBound)
    let end = step(at: minutes.upperBound)
    for index in first..<end { steps[index].factor *= factor }
    for index in first + 1..<steps.count {
      let before = steps[index - 1]
      steps[index].sum =
        before.sum + before.factor * (steps[index].forecast - before.forecast)
    }
  }

  /// Returns the index of the step at a minute, a new one with the factor before it where there is
  /// none.
  private mutating func step(at minute: Int) -> Int {
    let index = firstStep(behind: minute)
    guard steps[index - 1].minute < minute else { return index - 1 }
    steps.insert(
      Step(
        minute: minute, factor: steps[index - 1].factor, forecast: forecast(before: minute),
        sum: sum(before: minute)), at: index)
    return index
  }

  private func sum(before minute: Int) -> Double {
    let step = steps[firstStep(behind: minute) - 1]
    return step.sum + step.factor * (forecast(before: minute) - step.forecast)
  }

  /// The index of the first step behind a minute; at least 1, for the first is at midnight.
  private func firstStep(behind minute: Int) -> Int {
    firstIndex(from: 1) { index in index >= steps.count || steps[index].minute > minute }
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
