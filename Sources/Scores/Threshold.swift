// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The evidence that a window needs to be an insight, on one series and one day.
public struct Threshold: Sendable {
  /// −log₁₀ p from which on a window of a well-known series is an insight.
  private let wellKnown: Double
  /// −log₁₀ of the chance that a burst is the first of a series that bursts.
  private let caution: Double
  /// Events beyond which a first burst is twice what one expects of any.
  private let usualSize: Double

  /// Creates a threshold.
  ///
  /// - Parameters:
  ///   - wellKnown: that of a series whose bursts are all known.
  ///   - caution: −log₁₀ of the chance of a first burst; none where nothing is unknown.
  ///   - usualSize: events that a first burst usually has beyond the expected.
  public init(wellKnown: Double, caution: Double = .infinity, usualSize: Double = 10) {
    self.wellKnown = wellKnown
    self.caution = caution
    self.usualSize = usualSize
  }

  /// The evidence that a drop needs; only series that are known for long are looked at.
  public var dropEvidence: Double { wellKnown }

  /// Returns the evidence that a window needs.
  ///
  /// A burst of x events more than the expected μ is a first one with chance
  /// 10^−c (1 + x / (s + μ))^−2, s being the usual size, the law of a storm on a series that had none (`StormLaw`). It adds
  /// up with p, so p must stay below what it leaves of 10^−threshold; a burst that is likely enough
  /// to be a first one is no insight at all.
  public func evidence(for window: ScoredWindow) -> Double {
    let beyond = max(0, Double(window.count) - window.expected)
    let size = 1 + beyond / (usualSize + window.expected)
    let left = pow(10, -wellKnown) - pow(10, -caution) / (size * size)
    return left > 0 ? -log10(left) : .infinity
  }
}
