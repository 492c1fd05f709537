// SPDX-License-Identifier: Apache-2.0

/// How much more than Poisson a series' counts vary, per window and part of the day.
///
/// Fano factors F = Σ (x − μ)² / Σ μ over the past days' windows, with the means μ that were
/// forecast *before* each day: what the forecast gets wrong counts as spread, so that a tail is as
/// wide as the engine's ignorance. Days are forgotten with a half-life of ten.
struct Dispersion: Sendable {
  /// Half hours below the series' mean rate are quiet, the others busy.
  enum Regime: Int, CaseIterable, Sendable {
    case quiet, busy
  }

  /// The sums of one window length and regime.
  struct Sums: Sendable {
    /// Σ (x − μ)².
    var squares = 0.0
    /// Σ μ.
    var expected = 0.0
    /// Number of windows.
    var windows = 0.0

    /// F, and how many independent pieces of evidence stand behind it: with Poisson counts
    /// (x − μ)² has variance μ + 2μ², so F rests on about Σμ / (1 + 2 μ̄) of them.
    var estimate: (fano: Double, evidence: Double) {
      guard expected > 0, windows > 0 else { return (1, 0) }
      return (squares / expected, expected / (1 + 2 * expected / windows))
    }
  }

  private(set) var sums = [Sums](
    repeating: Sums(), count: windowLengths.count * Regime.allCases.count)

  static func index(window: Int, regime: Regime) -> Int {
    window * Regime.allCases.count + regime.rawValue
  }

  /// The sums over both parts of the day.
  func wholeDay(window: Int) -> Sums {
    var whole = Sums()
    for regime in Regime.allCases {
      let part = sums[Self.index(window: window, regime: regime)]
      whole.squares += part.squares
      whole.expected += part.expected
      whole.windows += part.windows
    }
    return whole
  }

  /// Lets the days so far count less; windows of an hour and more by a factor of their own.
  mutating func forget(by factor: Double, longBy longFactor: Double) {
    for index in sums.indices {
      let isLong = windowLengths[index / Regime.allCases.count] >= 60
      let factor = isLong ? longFactor : factor
      sums[index].squares *= factor
      sums[index].expected *= factor
      sums[index].windows *= factor
    }
  }

  mutating func add(_ added: Sums, window: Int, regime: Regime) {
    let index = Self.index(window: window, regime: regime)
    sums[index].squares += added.squares
    sums[index].expected += added.expected
    sums[index].windows += added.windows
  }
}

/// The spread that alike series have: what a series' own estimate is shrunk towards.
///
/// Series are alike when a window of one length expects about as many events, by powers of four.
/// As with the dispersions of RNA counts (Robinson and Smyth, 2007; Love, Huber and Anders, 2014),
/// a thin series borrows its spread and a rich one keeps its own.
struct DispersionPrior: Sendable {
  /// Weight of the prior, in pieces of evidence.
  static let weight = 20.0
  /// Weight of the whole day against a part of it, likewise.
  static let wholeDayWeight = 40.0
  private static let classes = 16

  /// F per window, regime and class.
  private let fano: [Double]

  /// Learns the prior from all series.
  init(_ series: some Sequence<Dispersion>) {
    let count = windowLengths.count * Dispersion.Regime.allCases.count * Self.classes
    var sums = [Double](repeating: 0, count: count)
    var weights = sums
    for dispersion in series {
      for (index, part) in dispersion.sums.enumerated() where part.windows > 0 {
        let (estimate, evidence) = part.estimate
        guard evidence > 0 else { continue }
        let slot = index * Self.classes + Self.classIndex(part.expected / part.windows)
        // A series counts by its evidence, but none for more than a few.
        let weight = min(evidence, Self.weight)
        sums[slot] += weight * max(1, min(estimate, 200))
        weights[slot] += weight
      }
    }
    var fano = sums
    for slot in fano.indices {
      let window = slot / Self.classes / Dispersion.Regime.allCases.count
      let initial = Self.initial(window: window, class: slot % Self.classes)
      fano[slot] = (sums[slot] + 10 * initial) / (weights[slot] + 10)
    }
    self.fano = fano
  }

  /// Returns F for a part of the day of a series: its own estimate, shrunk towards that of the whole
  /// series, and that towards alike series; at least 1.
  func fano(_ dispersion: Dispersion, window: Int, regime: Dispersion.Regime, mean: Double)
    -> Double
  {
    let index = Dispersion.index(window: window, regime: regime)
    // Alike series differ among themselves: an unknown one may well be of the wilder half.
    let prior = 1 + 1.3 * (fano[index * Self.classes + Self.classIndex(mean)] - 1)
    let whole = dispersion.wholeDay(window: window).estimate
    let alike = Self.shrunk(whole, towards: prior, weight: Self.weight)
    let own = dispersion.sums[index].estimate
    return max(1.05, Self.shrunk(own, towards: alike, weight: Self.wholeDayWeight))
  }

  private static func shrunk(
    _ own: (fano: Double, evidence: Double), towards other: Double, weight: Double
  ) -> Double {
    (own.fano * own.evidence + other * weight) / (own.evidence + weight)
  }

  /// What is believed before any data: clumps of a few calls, and a rate uncertain by a fifth.
  private static func initial(window: Int, class index: Int) -> Double {
    let mean = 4.0.raised(to: Double(index - 8))
    return 1.3 + 0.2 * Double(window) + 0.05 * mean
  }

  private static func classIndex(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    return max(0, min(classes - 1, Int((mean.log4 + 8).rounded())))
  }
}
