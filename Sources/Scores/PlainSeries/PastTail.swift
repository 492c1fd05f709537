// SPDX-License-Identifier: Apache-2.0
import Glibc

/// How often a quantity was as large as now: its own past is its law.
///
/// The chance of a value is the share of past values at least as large (conformal prediction).
/// The largest hundredth is continued as a Pareto tail, so that a value beyond all of the past is
/// told from one at its edge. The past fades with a half-life of 4000 values.
///
/// Values are kept in bins of 5 %, so that time and memory do not depend on the past's length.
///
/// - SeeAlso: V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World, 2005;
///   B. Hill, A simple general approach to inference about the tail of a distribution, 1975.
struct PastTail: Sendable {
  private static let binsPerE = 20.0
  private static let smallest = 1e-3
  private static let binCount = 400
  private static let fading = exp2(1.0 / 4000)
  private static let tailShare = 0.01
  /// What is believed of the tail at first: so many values of so large a mean log excess.
  private static let priorCount = 10.0
  private static let priorExcess = 0.1
  /// Fewer values say nothing.
  private static let leastCount = 30.0

  private var bins = [Double](repeating: 0, count: binCount)
  private var top = 0
  private var total = 0.0
  private var count = 0.0
  /// The weight of the next value; it grows, which fades all others.
  private var weight = 1.0

  /// Returns −log₁₀ of the chance of a value at least this large; 0 as long as too little is known.
  func surprise(_ value: Double) -> Double {
    guard count > Self.leastCount, value > 0 else { return 0 }
    let position = Self.position(value)
    let bin = min(Int(position), Self.binCount - 1)
    let limit = max(Self.tailShare * total, 8 * weight)
    var first = top + 1
    var above = 0.0
    var excess = 0.0
    while first > 0, above + bins[first - 1] <= limit {
      // Each step moves what is above by one bin more from the edge, new values by half a bin.
      excess += above
      first -= 1
      above += bins[first]
      excess += 0.5 * bins[first]
    }
    guard bin >= first else { return -log10(min(1, rank(bin, above: above, from: first))) }
    let meanExcess =
      (excess + Self.priorCount * weight * Self.priorExcess * Self.binsPerE)
      / (above + Self.priorCount * weight)
    let share = (above + 0.5 * weight) / (total + weight)
    return -log10(share) + (position - Double(first)) / meanExcess * 0.4342944819
  }

  /// Returns the value that a share of the past lies above.
  func quantile(above share: Double) -> Double {
    var index = top
    var above = 0.0
    while index > 0 {
      above += bins[index]
      if above > share * total { break }
      index -= 1
    }
    return index == 0 ? 0 : expm1(Double(index + 1) / Self.binsPerE) * Self.smallest
  }

  /// Takes in a value.
  mutating func add(_ value: Double) {
    let bin = min(Int(Self.position(value)), Self.binCount - 1)
    weight *= Self.fading
    bins[bin] += weight
    total += weight
    count += 1
    top = max(top, bin)
    if weight > 1e6 { rescale() }
  }

  private func rank(_ bin: Int, above: Double, from first: Int) -> Double {
    var larger = above
    for index in bin + 1..<max(first, bin + 1) { larger += bins[index] }
    return (larger + 0.5 * bins[bin] + 0.5 * weight) / (total + weight)
  }

  private mutating func rescale() {
    for index in bins.indices { bins[index] /= weight }
    total /= weight
    weight = 1
  }

  /// The place on the scale of bins.
  private static func position(_ value: Double) -> Double {
    // Also what is not a number is 0, for it must not reach an index.
    guard value > 0 else { return 0 }
    return min(Double(binCount), log(value / smallest + 1) * binsPerE)
  }
}
