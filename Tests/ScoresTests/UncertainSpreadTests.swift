// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import Scores

@Suite("Tails where the clumping is a law")
struct UncertainSpreadTests {
  /// The mean of tails over the gamma law, summed in Python at 4,000 places of ln α between −25 and 6
  /// over its mean.
  private static let table:
    [(count: Int, mean: Double, alpha: Double, shape: Double, tail: Double)] =
      [
        (5, 0.01, 0.1, 0.5, -5.846782115550251),
        (4, 0.1, 0.3, 3, -3.3401693532813073),
        (12, 2, 0.5, 20, -3.6270159237399797),
        (8, 0.05, 1, 0.5, -3.856699278517375),
      ]

  @Test(
    "the sum at a few places is the integral, to a hundredth of a power of ten", arguments: table)
  func integral(row: (count: Int, mean: Double, alpha: Double, shape: Double, tail: Double)) {
    let tail = Self.tail(row.count, mean: row.mean, alpha: row.alpha, shape: row.shape)
    #expect(abs(tail - row.tail) < 0.01)
  }

  @Test("many events of a series of which little is known, as the integral has them")
  func manyEvents() {
    // Summed in Python at 6,000 places of ln α between −25 and 7.
    #expect(abs(Self.tail(1000, mean: 600, alpha: 3, shape: 5) + 7.822814557956671) < 0.03)
    #expect(abs(Self.tail(2000, mean: 10, alpha: 5, shape: 50) + 109.13295179440995) < 0.03)
  }

  @Test("no tail is too small for a number")
  func tiny() {
    let tail = Self.tail(100_000, mean: 10, alpha: 5, shape: 150)
    #expect(tail < -1000 && tail > -.infinity)
  }

  private static func tail(_ count: Int, mean: Double, alpha: Double, shape: Double) -> Double {
    log10MeanTail(shape: shape) { ratio in
      ClumpedCount(mean: mean, alpha: ratio * alpha, rest: 0).logUpperTail(count)
    }
  }

  @Test("the less is known, the likelier are many events; of much, the mean is all")
  func knowledge() {
    func tail(_ shape: Double) -> Double {
      Self.tail(6, mean: 0.02, alpha: 0.1, shape: shape)
    }
    #expect(tail(0.5) > tail(2) + 0.5)
    #expect(tail(2) > tail(20))
    let known = ClumpedCount(mean: 0.02, alpha: 0.1, rest: 0).logUpperTail(6) / log(10)
    #expect(abs(tail(10_000) - known) < 0.02)
  }
}
