// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Follows the level of a series from day to day: the ratio of what came to what its profile says.
///
/// Three exponential memories (half-lives of 1, 4 and 20 days) each forecast the next day's ratio
/// as (Σ δᵃ x + κ) / (Σ δᵃ e + κ), x the day's events, e those of the profile, a its age, and κ
/// pseudo-events that pull a thin series to 1. Their forecasts are averaged with weights by how
/// well each forecast the past days: exp(−½ Σ error² / (least mean error²)). A growing series thus
/// moves to the short memory and a steady one to the long.
enum LevelFilter {
  static let memories = [0.5, 0.84, 0.966]
  static let pseudoEvents = 4.0

  /// Forecasts the level of the day after the last one.
  ///
  /// - Parameters:
  ///   - observed: x per day, oldest first.
  ///   - profile: e per day, as many as `observed`.
  /// - Returns: expected events over the profile's; 1 where nothing is known.
  static func forecasts(observed: [Double], profile: [Double]) -> [Double] {
    var x = [Double](repeating: 0, count: memories.count)
    var e = x
    var trend = Trend()
    var loss = [Double](repeating: 0, count: memories.count + 1)
    var levels = [1.0]
    for (day, observed) in observed.enumerated() {
      for (index, ratio) in (ratios(x, e) + [trend.forecast]).enumerated() {
        let error = (observed - ratio * profile[day]) / (profile[day] + pseudoEvents)
        loss[index] = 0.9 * loss[index] + (day > 0 ? error * error : 0)
      }
      for (index, memory) in memories.enumerated() {
        x[index] = x[index] * memory + observed
        e[index] = e[index] * memory + profile[day]
      }
      trend.add((observed + pseudoEvents) / (profile[day] + pseudoEvents))
      let days = max(1, (1 - pow(0.9, Double(day))) / 0.1)
      levels.append(mixed(ratios(x, e) + [trend.forecast], loss, days: days))
    }
    return levels
  }

  private static func ratios(_ x: [Double], _ e: [Double]) -> [Double] {
    zip(x, e).map { ($0 + pseudoEvents) / ($1 + pseudoEvents) }
  }

  private static func mixed(_ levels: [Double], _ loss: [Double], days: Double) -> Double {
    let least = max(loss.min() ?? 0, 1e-9)
    var weighted = 0.0
    var weights = 0.0
    for (level, loss) in zip(levels, loss) {
      let weight = exp(-0.5 * days * (loss - least) / least)
      weighted += weight * level
      weights += weight
    }
    return weighted / weights
  }
}

/// A level with a damped trend, on the logarithmic scale (Holt, 1957; Gardner and McKenzie, 1985).
private struct Trend {
  private static let levelGain = 0.35
  private static let slopeGain = 0.15
  private static let damping = 0.95

  private var level: Double?
  private var slope = 0.0

  var forecast: Double { exp((level ?? 0) + Self.damping * slope) }

  mutating func add(_ ratio: Double) {
    let value = log(ratio)
    guard let last = level else {
      level = value
      return
    }
    let next = Self.levelGain * value + (1 - Self.levelGain) * (last + Self.damping * slope)
    slope = Self.slopeGain * (next - last) + (1 - Self.slopeGain) * Self.damping * slope
    level = next
  }
}
