// SPDX-License-Identifier: Apache-2.0

/// Sums up what the windows of a length, side by side on a day, say of spread.
///
/// A day has some two thousand of them, so they are weighed without divisions, and with a root only
/// where one stands out.
struct ShortWindows {
  private let window: Int
  /// The spread that was forecast for them.
  private let law: Spread
  /// What the day expects of such a window on average.
  private let dayMean: Double
  private let usualBurst: Double
  private var sums: InlineArray<4, SIMD4<Double>>
  /// The class of the window added last, and its sums: the next one mostly has the same.
  private var current = 0
  private var currentSums: SIMD4<Double>

  /// Begins with the sums that a dispersion has.
  init(
    _ dispersion: Dispersion, window: Int, law: Spread, dayMean: Double, usualBurst: Double
  ) {
    self.window = window
    self.law = law
    self.dayMean = dayMean
    self.usualBurst = usualBurst
    sums = InlineArray { dispersion[window, class: $0] }
    currentSums = sums[0]
  }

  /// Adds a window.
  @inline(__always)
  mutating func add(count: Double, mean: Double) {
    let index = Dispersion.classIndex(rate: mean, dayRate: dayMean)
    if index != current {
      sums[current] = currentSums
      currentSums = sums[index]
      current = index
    }
    currentSums += SpreadSums.lanes(mean: mean, square: square(count, mean), weight: 1)
  }

  /// Puts the sums back.
  mutating func store(in dispersion: inout Dispersion) {
    sums[current] = currentSums
    for index in 0..<Dispersion.classes { dispersion[window, class: index] = sums[index] }
  }

  /// The squared deviation less the deviation, (x − μ)² − x + μ: not below what Poisson counts have
  /// where the forecast was too high.
  ///
  /// Bounded: an incident nobody told must not teach, and what stays away is no spread above.
  @inline(__always)
  private func square(_ count: Double, _ mean: Double) -> Double {
    let variance = mean * max(1.05, law.fano(mean: mean))
    let (below, above) = (min(count - mean, 0), max(count - mean, 0))
    if above > 4, above > usualBurst, (above - 4) * (above - 4) > 25 * variance {
      let highest = max(usualBurst, 4 + 5 * variance.squareRoot())
      return highest * highest - highest
    }
    return min(below * below, 6.25 * variance) - below + above * above - above
  }
}
