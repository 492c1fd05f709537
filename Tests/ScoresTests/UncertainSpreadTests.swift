// SPDX-License-Identifier: Apache-2.0
import Baselines
import Testing

@testable import Scores

@Suite("Tails where the clumping is a law")
struct UncertainSpreadTests {
  /// The mean of tails over the gamma law, summed in Python at 4,000 places of ln α between −25 and 6
  /// above its mean.
  private static let table:
    [(count: Int, mean: Double, alpha: Double, shape: Double, tail: Double)] =
      [
        (5, 0.01, 0.1, 0.5, -5.629315801242352),
        (4, 0.1, 0.3, 3, -3.2637414616166223),
        (12, 2, 0.5, 20, -3.499512903861778),
        (8, 0.05, 1, 0.5, -3.816075092430793),
      ]

  @Test(
    "the sum at a few places is the integral, to a hundredth of a power of ten", arguments: table)
  func integral(row: (count: Int, mean: Double, alpha: Double, shape: Double, tail: Double)) {
    let tail = log10UpperTail(
      count: row.count, mean: row.mean, variance: row.mean * (1 + row.alpha),
      clumping: Clumping(mean: row.alpha, shape: row.shape), smooth: row.mean)
    #expect(abs(tail - row.tail) < 0.01)
  }

  @Test("the less is known, the likelier are many events; of much, the mean is all")
  func knowledge() {
    func tail(_ shape: Double) -> Double {
      log10UpperTail(
        count: 6, mean: 0.02, variance: 0.022, clumping: Clumping(mean: 0.1, shape: shape),
        smooth: 0.02)
    }
    #expect(tail(0.5) > tail(2) + 0.5)
    #expect(tail(2) > tail(20))
    let known = log10UpperTail(count: 6, mean: 0.02, variance: 0.022)
    #expect(abs(tail(10_000) - known) < 0.02)
  }
}
