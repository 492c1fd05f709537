// SPDX-License-Identifier: Apache-2.0
import Baselines

/// How new a value is: its distance to the nearest one seen, by the past of these distances.
struct Novelty: Sendable {
  private var seen = SeenValues()
  private var moments = RunningMoments(memory: 5000)
  private var distances = PastTail()

  /// Returns −log₁₀ of the chance of a value as far from all others, and keeps the value.
  mutating func surprise(_ value: Double) -> Double {
    let distance = seen.distance(to: value)
    defer {
      moments.add(value)
      seen.insert(value, deviation: moments.deviation)
    }
    guard distance.isFinite else { return 0 }
    let share = distance / moments.deviation
    defer { distances.add(share) }
    return distances.surprise(share)
  }
}
