// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Glibc
public import Vocabulary

/// The mean and the spread of a stretch of minutes, and how far its count lies from them.
extension WindowScorer {
  /// Returns the fewest and the most events that would be usual from one minute to another: beyond
  /// either lies a chance of less than 1 in 1000.
  ///
  /// - Complexity: O(log n) tails in the counts.
  public func usualCounts(from start: Int, to end: Int) -> ClosedRange<Int> {
    let smooth = expected(from: start, to: end)
    let error = law == nil ? uncertainty(from: start, to: end, smooth: smooth) : 0
    var (mean, variance) = moments(from: start, to: end)
    variance += error * error
    let level = -3.0
    let least = firstIndex(from: 0) { count in
      log10LowerTail(count: count, mean: mean, variance: variance) >= level
    }
    let beyond = firstIndex(from: least) { count in
      log10UpperTail(count: count + 1, mean: mean, variance: variance) < level
    }
    return least...beyond
  }

  /// Returns by how much the minutes from one to another stand out, in nats over the spread: the
  /// log-likelihood ratio of their own mean against the expected, x ln(x/μ) − x + μ, over the
  /// variance in units of μ; scheduled bursts are expected.
  ///
  /// - Parameters:
  ///   - start: the first minute.
  ///   - end: the minute behind the last.
  ///   - direction: on which side; what lies on the other stands out by nothing.
  /// - Returns: 0 and above.
  public func standout(
    from start: Int, to end: Int, _ direction: Direction = .above
  ) -> Double {
    let count = Double(self.count(from: start, to: end))
    let (mean, variance) = moments(from: start, to: end)
    guard direction == .above ? count > mean : count < mean else { return 0 }
    let ratio = count > 0 ? count * log(count / mean) : 0
    return (ratio - count + mean) * mean / variance
  }

  /// Returns the variance of the events of five minutes up to one and with it, in units of their
  /// mean; scheduled bursts apart.
  public func fano(around minute: Int) -> Double {
    guard let law else {
      return fano(minutes: 5, mean: 5 * expected(from: minute, to: minute + 1))
    }
    let (mean, variance) = law.moments(minute - 4..<minute + 1)
    return variance / max(mean, 1e-12)
  }

  /// The mean of a stretch, scheduled bursts among it.
  public func mean(in minutes: Range<Int>) -> Double {
    moments(from: minutes.lowerBound, to: minutes.upperBound).mean
  }

  /// The Fano factor for a length between the windows': that of the next longer one.
  private func fano(minutes: Int, mean: Double) -> Double {
    let index = windowLengths.firstIndex { $0 >= minutes } ?? windowLengths.count - 1
    return baseline.fano(window: index, rate: mean / Double(max(1, minutes)))
  }

  /// The mean and the variance of a stretch, scheduled bursts among them, the error of the rates
  /// not.
  func moments(from start: Int, to end: Int) -> (mean: Double, variance: Double) {
    if let law {
      let (mean, variance) = law.moments(start..<end)
      return (max(mean, 1e-12), max(variance, 1e-12))
    }
    var mean = max(expected(from: start, to: end), 1e-12)
    var variance = mean * fano(minutes: end - start, mean: mean)
    addBursts(from: start, to: end, mean: &mean, variance: &variance)
    return (mean, variance)
  }
}
