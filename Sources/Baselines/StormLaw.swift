// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A burst that neither rates nor schedule had explained.
public struct Surprise: Sendable {
  /// The last minute, since 1970-01-01T00:00Z, at which it stood out.
  public var minute: Int
  /// Events beyond expectation, in the window where there were most.
  public var excess: Double
  /// How much it says of storms: less where it was told as an insight, which it then may have been.
  public var weight: Double

  /// Creates a surprise.
  public init(minute: Int, excess: Double, weight: Double) {
    self.minute = minute
    self.excess = excess
    self.weight = weight
  }
}

/// The law of a series' unscheduled bursts: how often one comes and how large it is.
///
/// Some series storm now and then (autoscaling, retries), and no smooth rate tells that. With n
/// storms of sizes summing to s in m minutes, and sizes exponential with unknown mean, the chance
/// that one of at least x starts in a minute is (n − 1)/m · (1 + x/s)⁻ⁿ, the predictive law under
/// the scale-free prior. One storm alone is no season: it is left out of the rate.
public struct StormLaw: Sendable {
  private let count: Double
  private let total: Double
  private let minutes: Double

  /// Learns from the past surprises of a series.
  init(_ surprises: [Surprise], minutes: Int) {
    count = surprises.reduce(0) { $0 + $1.weight }
    total = surprises.reduce(0) { $0 + $1.weight * $1.excess }
    self.minutes = Double(max(1, minutes))
  }

  /// Returns the chance that a storm of at least a size starts in a minute.
  public func tail(size: Double) -> Double {
    guard count > 1, size > 0 else { return 0 }
    return (count - 1) / minutes * exp(-count * log1p(size / total))
  }
}
