// SPDX-License-Identifier: Apache-2.0

/// Sums up what the windows of an hour and of four hours, side by side on past days, say of spread.
struct LongWindows {
  /// Their indices in `windowLengths`.
  private static let lengths = [3, 4]
  /// Sums of one kind of window; each class has two, taken in turns, so that one addition need not
  /// wait for the one before it.
  private static let perLength = 2 * Dispersion.classes

  /// By length, class and turn.
  private var sums = InlineArray<16, SIMD4<Float>>(repeating: SIMD4())
  private let inflation: Float

  /// Begins with nothing; squares are taken `inflation` times as large.
  init(inflation: Float) { self.inflation = inflation }

  /// Adds the sums to those of a dispersion.
  func add(to dispersion: inout Dispersion) {
    for (place, window) in Self.lengths.enumerated() {
      for index in 0..<Dispersion.classes {
        let first = place * Self.perLength + 2 * index
        dispersion[window, class: index] += SIMD4<Double>(sums[first] + sums[first + 1])
      }
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
    for octet in 0..<HalfHours.octetsPerDay {
      let expected = law.level * means[octet] + law.unseen
      let events = Anscombe.counts(roots[octet])
      let (hours, came) = (expected.evenHalf + expected.oddHalf, events.evenHalf + events.oddHalf)
      let squares = inflation * Self.squares(events: came, means: hours)
      let bits = missing >> UInt64(8 * octet) & 0xFF
      for lane in 0..<4 where bits >> UInt64(2 * lane) & 3 == 0 {
        let index = Dispersion.classIndex(rate: hours[lane], dayRate: 2 * dayMean)
        add(hours[lane], squares[lane], weight: law.weight, at: 2 * index + lane & 1)
      }
      fourMeans[octet] = hours.sum()
      fourEvents[octet] = came.sum()
    }
    let squares = inflation * Self.squares(events: fourEvents, means: fourMeans)
    for octet in 0..<HalfHours.octetsPerDay where missing >> UInt64(8 * octet) & 0xFF == 0 {
      let index = Dispersion.classIndex(rate: fourMeans[octet], dayRate: 8 * dayMean)
      add(
        fourMeans[octet], squares[octet], weight: law.weight,
        at: Self.perLength + 2 * index + octet & 1)
    }
  }

  @inline(__always)
  private mutating func add(_ mean: Float, _ square: Float, weight: Float, at index: Int) {
    sums[index] += weight * SIMD4(1, mean, mean * mean, square)
  }

  /// Squared deviations, bounded as for short windows: by 2.5 deviations of a usual count below, by
  /// 4 and 5 of them above.
  @inline(__always)
  private static func squares<Lanes: SIMD>(events: Lanes, means: Lanes) -> Lanes
  where Lanes.Scalar == Float {
    let variances = means * (1.3 + 0.1 * means)
    let deviations = events - means
    let (below, above) = (deviations.atMost(Lanes()), deviations.atLeast(Lanes()))
    let lower = (below * below).atMost(6.25 * variances)
    let highest = 4 + 5 * variances.squareRoot()
    let upper = above.atMost(highest)
    return lower + upper * upper
  }
}
