// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Guards storm-prone series: how far beyond the tail's word their past deviations reached.
///
/// Were the tail right, −log₁₀ p of the worst windows would exceed a level u by 1/ln 10 on average
/// (an exponential tail, as in the peaks-over-threshold method of extreme-value theory). The mean
/// excess of the past, in units of that and shrunk towards 1, is the stretch.
struct TailStretch: Sendable {
  /// u: p = 10⁻³.
  static let level = 3.0
  /// No single peak counts for more: an incident is no storm season.
  private static let largestExcess = 5.0
  private static let priorPeaks = 4.0

  private var excess = 0.0
  private var peaks = 0.0

  mutating func forget(by factor: Double) {
    excess *= factor
    peaks *= factor
  }

  mutating func add(_ parts: [Double]) {
    for peak in parts where peak > Self.level {
      excess += min(peak - Self.level, Self.largestExcess)
      peaks += 1
    }
  }

  /// At least 1.
  var value: Double {
    let mean = excess * M_LN10
    return max(1, (mean + Self.priorPeaks) / (peaks + Self.priorPeaks))
  }
}
