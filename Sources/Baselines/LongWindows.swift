// SPDX-License-Identifier: Apache-2.0

/// Sums up what the windows of an hour and of four hours, side by side on past days, say of spread.
///
/// Eight windows are added at once, to each class with a weight that is 0 where they are of another.
struct LongWindows {
  /// Their indices in `windowLengths`.
  private static let (hour, fourHours) = (3, 4)

  /// By class.
  private var hours = InlineArray<4, LaneSums>(repeating: LaneSums())
  private var fourHours = InlineArray<4, LaneSums>(repeating: LaneSums())
  private let inflation: Float

  /// Begins with nothing; squares are taken `inflation` times as large.
  init(inflation: Float) { self.inflation = inflation }

  /// Adds the sums to those of a dispersion.
  func add(to dispersion: inout Dispersion) {
    for index in 0..<Dispersion.classes {
      dispersion[Self.hour, class: index] += hours[index].total
      dispersion[Self.fourHours, class: index] += fourHours[index].total
    }
  }

  /// Adds the windows of a day, those apart in which something is missing.
  ///
  /// - Parameters:
  ///   - roots: √(x + 3/8) of the day's events.
  ///   - missing: its half hours without data.
  ///   - means: what the profile says of the weekday.
  ///   - law: the factor of the means, what is added to each, and the weight of the day.
  mutating func add(
    roots: Span<Octet>, missing: UInt64, means: Span<Octet>,
    law: (level: Float, unseen: Float, weight: Float)
  ) {
    var sum = Octet()
    for octet in 0..<HalfHours.octetsPerDay { sum += law.level * means[octet] + law.unseen }
    let dayMean = max(Float(sum.total) / Float(HalfHours.perDay), 1e-12)
    var (fourMeans, fourEvents) = (Octet(), Octet())
    for octet in stride(from: 0, to: HalfHours.octetsPerDay, by: 2) {
      let means = (law.level * means[octet] + law.unseen)
        .pairSums(law.level * means[octet + 1] + law.unseen)
      let events = Anscombe.counts(roots[octet]).pairSums(Anscombe.counts(roots[octet + 1]))
      let weights = law.weight * Self.whole(missing >> UInt64(8 * octet), bits: 2, count: 8)
      Self.add(
        means, inflation * Self.squares(events, means), weights, dayMean: 2 * dayMean, to: &hours)
      (fourMeans[octet], fourMeans[octet + 1]) = (means.lowHalf.sum(), means.highHalf.sum())
      (fourEvents[octet], fourEvents[octet + 1]) = (events.lowHalf.sum(), events.highHalf.sum())
    }
    let weights = law.weight * Self.whole(missing, bits: 8, count: HalfHours.octetsPerDay)
    Self.add(
      fourMeans, inflation * Self.squares(fourEvents, fourMeans), weights, dayMean: 8 * dayMean,
      to: &fourHours)
  }

  /// 1 for each of the first windows of so many bits that has none set.
  @inline(__always)
  private static func whole(_ missing: UInt64, bits: Int, count: Int) -> Octet {
    var result = Octet()
    if missing == 0, count == 8 { return Octet(repeating: 1) }
    let mask = (1 as UInt64) << UInt64(bits) - 1
    for window in 0..<count where missing >> UInt64(bits * window) & mask == 0 {
      result[window] = 1
    }
    return result
  }

  /// Adds eight windows, each to its class.
  @inline(__always)
  private static func add(
    _ means: Octet, _ squares: Octet, _ weights: Octet, dayMean: Float,
    to sums: inout InlineArray<4, LaneSums>
  ) {
    let low = isAbove(Float(Dispersion.low) * dayMean, means)
    let middle = isAbove(Float(Dispersion.middle) * dayMean, means)
    let high = isAbove(Float(Dispersion.high) * dayMean, means)
    sums[0].add(means, squares, weights * (1 - low))
    sums[1].add(means, squares, weights * (low - middle))
    sums[2].add(means, squares, weights * (middle - high))
    sums[3].add(means, squares, weights * high)
  }

  /// 1 for what is above a bound, else 0.
  @inline(__always)
  private static func isAbove(_ bound: Float, _ means: Octet) -> Octet {
    ((means - bound) * 1e30).atLeast(Octet()).atMost(Octet(repeating: 1))
  }

  /// Squared deviations, bounded as for short windows: by 2.5 deviations of a usual count below, by
  /// 4 and 5 of them above.
  @inline(__always)
  private static func squares(_ events: Octet, _ means: Octet) -> Octet {
    let variances = means * (1.3 + 0.1 * means)
    let deviations = events - means
    let (below, above) = (deviations.atMost(Octet()), deviations.atLeast(Octet()))
    var result = (below * below).atMost(6.25 * variances) + above * above
    let beyond = (above - 4).atLeast(Octet())
    let excess = beyond * beyond - 25 * variances
    // Few are so far above that the root is worth its time.
    if excess.largest > 0 { bound(&result, variances, where: excess) }
    return result
  }

  @inline(never)
  private static func bound(_ squares: inout Octet, _ variances: Octet, where excess: Octet) {
    for lane in 0..<8 where excess[lane] > 0 {
      let bound = 4 + 5 * variances[lane].squareRoot()
      squares[lane] = bound * bound
    }
  }
}

/// `SpreadSums` of eight windows side by side.
private struct LaneSums {
  private var windows = Octet()
  private var means = Octet()
  private var squaredMeans = Octet()
  private var squares = Octet()

  @inline(__always)
  mutating func add(_ means: Octet, _ squares: Octet, _ weights: Octet) {
    let weighted = weights * means
    windows += weights
    self.means += weighted
    squaredMeans += weighted * means
    self.squares += weights * squares
  }

  /// All in the order of `SpreadSums.lanes`.
  var total: SIMD4<Double> {
    SIMD4(windows.total, means.total, squaredMeans.total, squares.total)
  }
}
