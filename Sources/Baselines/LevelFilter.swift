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
  static func forecast(observed: [Double], profile: [Double]) -> Double {
    var x = [Double](repeating: 0, count: memories.count)
    var e = x
    var loss = x
    for (day, observed) in observed.enumerated() {
      let age = Double(profile.count - 1 - day)
      for (index, memory) in memories.enumerated() {
        let ratio = (x[index] + pseudoEvents) / (e[index] + pseudoEvents)
        let error = (observed - ratio * profile[day]) / (profile[day] + pseudoEvents)
        if day > 0 { loss[index] += pow(0.9, age) * error * error }
        x[index] = x[index] * memory + observed
        e[index] = e[index] * memory + profile[day]
      }
    }
    let days = max(1, (1 - pow(0.9, Double(max(0, profile.count - 1)))) / 0.1)
    let least = max(loss.min() ?? 0, 1e-9)
    var weighted = 0.0
    var weights = 0.0
    for index in memories.indices {
      let weight = exp(-0.5 * days * (loss[index] - least) / least)
      weighted += weight * (x[index] + pseudoEvents) / (e[index] + pseudoEvents)
      weights += weight
    }
    return weighted / weights
  }
}
