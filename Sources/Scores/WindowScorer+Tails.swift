// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Glibc

/// How likely counts are under the law of a window.
extension WindowScorer {
  /// Clumps lie within minutes: what makes windows of an hour wander is mostly something else.
  private static let longestOfClumps = 5
  /// Above it, as log₁₀, a tail is no insight by far, and that at the mean of α will do.
  private static let usual = -2.0

  /// Returns log₁₀ of the chance of a window's count without storms.
  ///
  /// Short windows hold clumps of geometric sizes, long ones are taken as negative binomial.
  ///
  /// - Parameters:
  ///   - count: its events.
  ///   - mean: those expected.
  ///   - variance: of the count, at the mean of α.
  ///   - smooth: the part of the mean that comes in clumps.
  ///   - windowIndex: the length's index in `windowLengths`.
  /// - Returns: 0 at most.
  func smoothTail(
    _ count: Int, mean: Double, variance: Double, smooth: Double, windowIndex: Int
  ) -> Double {
    let log10P = log10UpperTail(count: count, mean: mean, variance: variance)
    guard log10P < Self.usual else { return log10P }
    let clumping = baseline.clumping(window: windowIndex)
    let clumps = clumping.mean * smooth
    return log10MeanTail(shape: clumping.shape) { ratio in
      guard windowLengths[windowIndex] > Self.longestOfClumps else {
        return ClumpedCount(
          mean: mean, alpha: ratio * clumps / mean, rest: variance - mean - clumps
        ).logUpperTail(count)
      }
      let variance = max(mean * (1 + 1e-6), variance + (ratio - 1) * clumps)
      return NegativeBinomial(mean: mean, variance: variance).logUpperTail(count)
    }
  }

  /// The chance that storms, which the smooth law does not know, explain a window's count.
  ///
  /// In a window no longer than the longest storm, one of at least the excess starts. In a longer
  /// one, one explains no more than its densest stretch of that length, and the smooth law must
  /// explain the rest; or there are two and more, and together they explain all.
  func stormTail(
    _ count: Int, in minutes: Range<Int>, mean: Double, variance: Double
  ) -> Double {
    let storms = baseline.storms
    guard storms.chance > 0 else { return 0 }
    let length = Double(minutes.count)
    let rate = expected(from: minutes.lowerBound, to: minutes.upperBound) / length
    let fano = max(1.05, baseline.fano(window: 0, rate: rate))
    let all = storms.tail(
      size: Double(count) - mean, rate: rate, fano: fano, minutes: minutes.count)
    guard minutes.count > storms.longest else { return all }
    let stretch = Double(storms.longest)
    let densest = densest(of: storms.longest, in: minutes)
    let share = 1 - stretch / length
    let rest = log10UpperTail(
      count: count - densest, mean: mean * share, variance: variance * share)
    let one = storms.tail(size: Double(densest) - rate * stretch, rate: rate, fano: fano)
    return min(all, length * one * pow(10, rest)) + min(1, length * storms.chance) * all
  }

  /// The most events in so many minutes on end, of a window.
  private func densest(of length: Int, in minutes: Range<Int>) -> Int {
    let end = counts.lowerBound(minutes.upperBound)
    var most = 0
    var last = end
    for first in (counts.lowerBound(minutes.lowerBound, before: end)..<end).reversed() {
      last = counts.lowerBound(Int(counts.minutes[first]) + length, before: last)
      most = max(most, counts.total(at: first..<last))
    }
    return most
  }
}
