// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An unscheduled burst that no smooth law explains.
struct Storm {
  /// How much it says: less where it was told.
  let weight: Double
  /// Events beyond those that make a storm.
  let beyond: Double
  /// How long it was.
  let minutes: Int

  /// Judges an episode by what is known now; `nil` where the smooth law explains it.
  ///
  /// What makes a storm is `StormLaw.leastExcess`.
  ///
  /// Why now and not on its day: in the first days, when the week is not known, each morning looks
  /// like a storm.
  ///
  /// `rate` is the events a minute that are expected of its time, `fano` the spread of minutes at
  /// that rate.
  init?(_ episode: Episode, rate: Double, fano: Double) {
    let mean = rate * Double(episode.duration)
    let (count, weight) = (episode.count, episode.stormWeight)
    let least = StormLaw.leastExcess(rate: rate, minutes: Double(episode.duration), fano: fano)
    guard weight > 0, count - mean >= least else { return nil }
    self.weight = weight
    minutes = episode.duration
    beyond = count - mean - least
  }
}

/// The law of a series' unscheduled bursts: how often one comes and how large it is.
///
/// Why one threshold for which storms are counted and for their sizes: sizes beyond a lower one
/// would hold what every storm has by being one, and promise larger storms than there are.
///
/// Some series storm now and then (autoscaling, retries), and no smooth rate tells that. A storm is
/// an episode that the smooth law does not explain; only its size beyond the least one that makes
/// a storm counts, as in the peaks-over-threshold method. With n storms in m minutes, whose
/// sizes beyond that sum to s, the chance that one of at least x starts in a minute is
///
///     (n − ½)/m · (1 + x′/(s + s₀))^−(n + 2)
///
/// x′ being x beyond the least: the predictive law of exponential sizes with an inverse-gamma prior
/// of shape 2 and scale s₀ on their mean. A window of w minutes that is shorter than storms usually
/// are, d minutes, holds the share w/d of one, and d minutes' starts may reach into it.
public struct StormLaw: Codable, Sendable {
  /// s₀, in events.
  private static let priorSize = 10.0

  private let count: Double
  private let total: Double
  private let minutes: Double
  /// The longest in minutes, plus 1,000 times how long they usually are: one number, since states
  /// are coded by position and earlier ones hold the longest alone.
  private let lengths: Int

  /// Learns from the past storms of a series, of so many minutes.
  init(_ storms: [Storm], minutes: Int) {
    count = storms.reduce(0) { $0 + $1.weight }
    total = storms.reduce(0) { $0 + $1.weight * $1.beyond }
    self.minutes = Double(max(1, minutes))
    let longest = max(5, storms.map(\.minutes).max() ?? 0)
    let sum = storms.reduce(0) { $0 + $1.weight * Double($1.minutes) }
    lengths = longest + 1000 * Int((sum / max(count, 1e-9)).rounded())
  }

  /// The longest in minutes, at least five.
  public var longest: Int { lengths % 1000 }

  /// How many minutes they usually last, by mean.
  private var usual: Double { Double(lengths < 1000 ? longest : lengths / 1000) }

  /// The least excess over what five minutes expect that makes an episode.
  static func leastExcess(overMean mean: Double) -> Double {
    max(3 - mean, 4 * (2 * mean).squareRoot())
  }

  /// The least excess over what is expected that makes a storm: three times the mean, nine nats
  /// over the spread, and what makes an episode.
  ///
  /// Nats are the log-likelihood ratio x ln(x/μ) − x + μ of a count's own mean, in units of the
  /// Fano factor of minutes at that rate.
  static func leastExcess(rate: Double, minutes: Double, fano: Double) -> Double {
    let mean = max(rate * minutes, 1e-6)
    let nats = 9 * fano
    // Newton's steps from the right on a convex function.
    var count = mean + (2 * mean * nats).squareRoot() + nats
    for _ in 0..<6 {
      let slope = log(count / mean)
      count -= (count * slope - count + mean - nats) / slope
    }
    return max(leastExcess(overMean: 5 * rate), 3 * mean, count - mean)
  }

  /// The chance that a storm starts in a minute; 0 for a series that never stormed.
  public var chance: Double { max(0, count - 0.5) / minutes }

  /// Returns the chance that a storm of at least a size starts in a minute: so many events beyond
  /// what is expected, at a rate of so many expected a minute.
  public func tail(size: Double, rate: Double, fano: Double) -> Double {
    tail(size: size, rate: rate, fano: fano, share: 1)
  }

  /// Returns the chance that a storm brings at least so many events beyond the expected to a window
  /// of some minutes, at a rate of so many expected a minute.
  public func tail(size: Double, rate: Double, fano: Double, minutes: Int) -> Double {
    let length = Double(minutes)
    let share = min(1, length / max(1, usual))
    return (length + (1 - share) * usual) * tail(size: size, rate: rate, fano: fano, share: share)
  }

  /// The chance a minute of a storm of which some share is at least a size.
  private func tail(size: Double, rate: Double, fano: Double, share: Double) -> Double {
    let beyond = max(
      0, size - share * Self.leastExcess(rate: rate, minutes: max(1, usual), fano: fano))
    return chance * exp(-(count + 2) * log1p(beyond / (share * total + Self.priorSize)))
  }
}
