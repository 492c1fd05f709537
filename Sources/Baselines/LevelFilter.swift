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
  /// In the last place stands the trend.
  private static let factors = SIMD4(memories[0], memories[1], memories[2], 0)
  /// 0.9 to the power of each number of days.
  private static let powers = (0..<64).map { pow(0.9, Double($0)) }

  /// Forecasts the level of each day from the days before it, and of the day after the last one.
  ///
  /// - Parameters:
  ///   - observed: x per day, oldest first.
  ///   - profile: e per day, as many as `observed`.
  ///   - levels: where the forecasts go: expected events over the profile's; 1 where nothing is
  ///     known.
  static func addForecasts(observed: [Double], profile: [Double], to levels: inout [Double]) {
    var (x, e, loss) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
    var trend = Trend()
    var ratios = SIMD4<Double>(repeating: 1)
    levels.append(1)
    for (day, observed) in observed.enumerated() {
      let errors = (observed - ratios * profile[day]) / (profile[day] + pseudoEvents)
      loss = 0.9 * loss
      if day > 0 { loss += errors * errors }
      x = x * factors + observed
      e = e * factors + profile[day]
      trend.add((observed + pseudoEvents) / (profile[day] + pseudoEvents))
      ratios = (x + pseudoEvents) / (e + pseudoEvents)
      ratios.w = trend.forecast
      let power = day < powers.count ? powers[day] : pow(0.9, Double(day))
      levels.append(mixed(ratios, loss, days: max(1, (1 - power) / 0.1)))
    }
  }

  private static func mixed(_ levels: SIMD4<Double>, _ loss: SIMD4<Double>, days: Double) -> Double
  {
    let least = max(loss.min(), 1e-9)
    var weighted = 0.0
    var weights = 0.0
    for index in 0..<4 {
      // Most often one of them is the least, whose weight is 1.
      let weight = loss[index] == least ? 1 : exp(-0.5 * days * (loss[index] - least) / least)
      weighted += weight * levels[index]
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
