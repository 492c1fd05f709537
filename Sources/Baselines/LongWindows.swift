// SPDX-License-Identifier: Apache-2.0

/// Sums up what the windows of an hour and of four hours, side by side on past days, say of spread.
struct LongWindows {
  /// Their indices in `windowLengths`.
  private static let (hour, fourHours) = (3, 4)

  /// By class: those of an hour, then those of four.
  private var sums: InlineArray<8, SIMD4<Double>>
  private let inflation: Double

  /// Begins with the sums that a dispersion has; squares are taken `inflation` times as large.
  init(_ dispersion: Dispersion, inflation: Double) {
    self.inflation = inflation
    sums = InlineArray { index in
      index < Dispersion.classes
        ? dispersion[Self.hour, class: index]
        : dispersion[Self.fourHours, class: index - Dispersion.classes]
    }
  }

  /// Puts the sums back.
  func store(in dispersion: inout Dispersion) {
    for index in 0..<Dispersion.classes {
      dispersion[Self.hour, class: index] = sums[index]
      dispersion[Self.fourHours, class: index] = sums[index + Dispersion.classes]
    }
  }

  /// Adds the windows of a day, those apart in which something is missing.
  ///
  /// - Parameters:
  ///   - counts: the day's events.
  ///   - missing: its half hours without data.
  ///   - means: what the profile says of the weekday.
  ///   - law: the factor of the means, what is added to each, and the weight of the day.
  mutating func add(
    counts: Span<Octet>, missing: UInt64, means: Span<Octet>,
    law: (level: Double, unseen: Double, weight: Double)
  ) {
    var sum = Octet()
    for octet in means.indices { sum += law.level * means[octet] + law.unseen }
    let dayMean = max(sum.total / Double(HalfHours.perDay), 1e-12)
    for octet in means.indices {
      let expected = law.level * means[octet] + law.unseen
      let hours = expected.evenHalf + expected.oddHalf
      let events = counts[octet].evenHalf + counts[octet].oddHalf
      let bits = missing >> UInt64(8 * octet) & 0xFF
      let squares = Self.squares(events: events, means: hours)
      for lane in 0..<4 where bits >> UInt64(2 * lane) & 3 == 0 {
        add(hours[lane], squares[lane], weight: law.weight, perDayMean: (2 * dayMean, 0))
      }
      guard bits == 0 else { continue }
      let (mean, came) = (hours.sum(), events.sum())
      let square = Self.squares(
        events: SIMD4(repeating: came), means: SIMD4(repeating: mean)
      ).x
      add(mean, square, weight: law.weight, perDayMean: (8 * dayMean, Dispersion.classes))
    }
  }

  /// Adds a window to its class among those from `first` on, by the day's mean of such windows.
  @inline(__always)
  private mutating func add(
    _ mean: Double, _ square: Double, weight: Double, perDayMean: (mean: Double, first: Int)
  ) {
    let index = Dispersion.classIndex(rate: mean, dayRate: perDayMean.mean)
    sums[perDayMean.first + index] += SpreadSums.lanes(
      mean: mean, square: inflation * square, weight: weight)
  }

  /// Squared deviations, bounded as for short windows: by 2.5 deviations of a usual count below, by
  /// 4 and 5 of them above.
  @inline(__always)
  private static func squares(events: SIMD4<Double>, means: SIMD4<Double>) -> SIMD4<Double> {
    let variances = means * (1.3 + 0.1 * means)
    let deviations = events - means
    let (below, above) = (deviations.atMost(SIMD4()), deviations.atLeast(SIMD4()))
    var result = (below * below).atMost(6.25 * variances) + above * above
    let beyond = (above - 4).atLeast(SIMD4())
    let excess = beyond * beyond - 25 * variances
    // Few are so far above that the root is worth its time.
    if max(max(excess.x, excess.y), max(excess.z, excess.w)) > 0 {
      for lane in 0..<4 where excess[lane] > 0 {
        let bound = 4 + 5 * variances[lane].squareRoot()
        result[lane] = bound * bound
      }
    }
    return result
  }
}
