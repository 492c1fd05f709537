// SPDX-License-Identifier: Apache-2.0

/// What a series is like at each five minutes of a day or a week.
struct PhaseProfile: Sendable {
  private static let binMilliseconds = 300_000
  /// The weight of the newest day or week; the first ones weigh alike.
  private let rate: Double
  /// How fast the profile's errors of the last rows are taken up.
  private static let correctionRate = 0.2

  private var means: [Double]
  private var counts: [Double]
  /// By how much the last rows lay above the profile.
  private(set) var correction = 0.0

  /// Creates a profile of so many days with nothing in it.
  init(days: Int, rate: Double) {
    self.rate = rate
    means = [Double](repeating: 0, count: days * 288)
    counts = means
  }

  /// The bin of a time.
  func bin(atMilliseconds time: Int) -> Int {
    let index = time / Self.binMilliseconds % means.count
    return index < 0 ? index + means.count : index
  }

  /// The mean of the bin, `nil` before its first value.
  subscript(bin: Int) -> Double? { counts[bin] > 0 ? means[bin] : nil }

  /// Takes in a value.
  mutating func add(_ value: Double, at bin: Int) {
    if let known = self[bin] { correction += Self.correctionRate * (value - known - correction) }
    counts[bin] += 1
    means[bin] += max(rate, 1 / counts[bin]) * (value - means[bin])
  }
}
