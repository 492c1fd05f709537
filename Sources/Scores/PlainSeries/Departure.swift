// SPDX-License-Identifier: Apache-2.0
import Baselines

/// How far a series has left what is usual for it in the long run, in mean distances.
///
/// A row's distance is that of the last three rows from the median of their time of day, averaged,
/// plus half of the row's own from the median of all. Medians and a capped mean keep an incident from
/// becoming the measure of the next.
struct Departure: Sendable {
  /// Distances count up to so many times their mean, once ten are known.
  private static let cap = 3.0
  private static let surelyKnown = 10.0
  private static let binMilliseconds = 300_000
  private static let binsPerDay = 288

  private var all = RunningMedian(limit: 2048)
  private var byTimeOfDay = [RunningMedian](
    repeating: RunningMedian(limit: 256), count: binsPerDay)
  private var lastDistances = (0.0, 0.0)
  private var meanDistance = 0.0
  private var count = 0.0

  /// Returns the departure of a row, and learns it; the time is in milliseconds since 1970.
  mutating func distances(_ value: Double, atMilliseconds time: Int) -> Double {
    let bin = Self.bin(atMilliseconds: time)
    let median = all.value ?? value
    let distance = abs(value - usual(at: bin, median: median))
    let mean = (distance + lastDistances.0 + lastDistances.1) / 3 + 0.5 * abs(value - median)
    let least = max(abs(median) * 1e-4, 1e-12)
    let departure = mean / max(meanDistance, least) * count / (count + Self.surelyKnown)
    lastDistances = (distance, lastDistances.0)
    learn(mean)
    all.add(value)
    byTimeOfDay[bin].add(value)
    return departure
  }

  /// The median of a time of day, less sure of itself while few days are known.
  private func usual(at bin: Int, median: Double) -> Double {
    guard let known = byTimeOfDay[bin].value else { return median }
    let days = Double(byTimeOfDay[bin].count)
    return (days * known + median) / (days + 1)
  }

  private mutating func learn(_ distance: Double) {
    let isSure = count >= Self.surelyKnown && meanDistance > 0
    let bounded = isSure ? min(distance, Self.cap * meanDistance) : distance
    count += 1
    meanDistance += (bounded - meanDistance) / count
  }

  private static func bin(atMilliseconds time: Int) -> Int {
    let index = time / binMilliseconds % binsPerDay
    return index < 0 ? index + binsPerDay : index
  }
}
