// SPDX-License-Identifier: Apache-2.0
import Glibc
import TestSupport
import Testing

@testable import Scores

@Suite("Counts that come in clumps")
struct ClumpedCountTests {
  struct Row: Sendable {
    let count: Int
    let mean: Double
    let alpha: Double
    let rest: Double
    let logTail: Double
  }

  /// 1 − ΣP(k) by the law's recurrence in mpmath 1.4 with 220 digits.
  private static let table = [
    Row(count: 3, mean: 0.01, alpha: 0.5, rest: 0, logTail: -8.01956453571),
    Row(count: 20, mean: 0.01, alpha: 5, rest: 0, logTail: -12.2415035114),
    Row(count: 200, mean: 0.1, alpha: 20, rest: 0.02, logTail: -23.4102073177),
    Row(count: 60, mean: 1, alpha: 20, rest: 0, logTail: -7.81308488447),
    Row(count: 20, mean: 5, alpha: 1, rest: 2, logTail: -6.49729799623),
    Row(count: 20, mean: 5, alpha: 0.001, rest: 2, logTail: -9.92908154899),
    Row(count: 250, mean: 100, alpha: 3, rest: 400, logTail: -10.6925702742),
    Row(count: 60, mean: 0.001, alpha: 100, rest: 0, logTail: -12.0079341575),
    Row(count: 3000, mean: 1000, alpha: 50, rest: 10_000, logTail: -20.4633850885),
    Row(count: 15, mean: 2, alpha: 1e-5, rest: 0, logTail: -19.3692992546),
    Row(count: 90, mean: 40, alpha: 0.5, rest: 0, logTail: -16.638229021),
  ]

  @Test("tails are those of the law: all digits of few clumps, 3 in 100 of many", arguments: table)
  func tails(row: Row) {
    let law = ClumpedCount(mean: row.mean, alpha: row.alpha, rest: row.rest)
    #expect(abs(law.logUpperTail(row.count) - row.logTail) < 0.03)
    if row.count < 10 { #expect(abs(law.logUpperTail(row.count) - row.logTail) < 1e-8) }
  }

  /// (n + 1) P(n + 1) = ((a + b) n + c) P(n) − a b (n − 1) P(n − 1), from the law's generating
  /// function ((1 − a z) / (1 + ω − (a + ω) z))^(λ/ω), with b = (a + ω) / (1 + ω).
  private func slowTail(_ count: Int, mean: Double, alpha: Double, rest: Double) -> Double {
    let a = alpha / (2 + alpha)
    let omega = rest * (1 - a) / mean
    let clumps = mean * (1 - a)
    let (b, c) = ((a + omega) / (1 + omega), clumps * (1 - a) / (1 + omega))
    var (before, mass) = (0.0, omega > 0 ? exp(-clumps / omega * log1p(omega)) : exp(-clumps))
    var below = 0.0
    for n in 0..<count {
      below += mass
      let next = ((a + b) * Double(n) + c) * mass - a * b * Double(n - 1) * before
      (before, mass) = (mass, next / Double(n + 1))
    }
    return 1 - below
  }

  @Test("laws drawn at random agree with their recurrence")
  func recurrence() {
    let seed = UInt64.random(in: 0..<1 << 32)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let mean = exp(Double.random(in: -7...5, using: &generator))
      let alpha = exp(Double.random(in: -7...4, using: &generator))
      let rest =
        Bool.random(using: &generator) ? 0 : mean * mean * .random(in: 0.001...2, using: &generator)
      let deviation = (mean * (1 + alpha) + rest).squareRoot()
      let count = Int(mean + deviation * .random(in: 2.5...6, using: &generator)) + 1
      let slow = slowTail(count, mean: mean, alpha: alpha, rest: rest)
      // Beyond, the complement has lost its digits.
      guard slow > 1e-10 else { continue }
      let fast = ClumpedCount(mean: mean, alpha: alpha, rest: rest).logUpperTail(count)
      #expect(abs(fast - log(slow)) < 0.15, "seed \(seed): \(count) \(mean) \(alpha) \(rest)")
    }
  }

  @Test("without clumps it is negative binomial, and clumps fall off faster")
  func limits() {
    let negative = log10UpperTail(count: 12, mean: 2, variance: 4) * log(10)
    let single = ClumpedCount(mean: 2, alpha: 0, rest: 2).logUpperTail(12)
    #expect(abs(single - negative) < 1e-4)
    #expect(ClumpedCount(mean: 2, alpha: 1, rest: 0).logUpperTail(12) < negative - 0.3)
  }

  @Test("no law and no count gives no number", arguments: [1e-300, 1e-9, 1, 1e9, 1e300])
  func extremes(alpha: Double) {
    for mean in [1e-12, 1e-3, 1, 1e6] {
      for rest in [0, 1e-9, 1, 1e12] {
        for count in [1, 2, 10, 1000, 1_000_000_000] where Double(count) > 1.1 * mean {
          let tail = ClumpedCount(mean: mean, alpha: alpha, rest: rest).logUpperTail(count)
          #expect(!tail.isNaN, "\(count) \(mean) \(alpha) \(rest)")
        }
      }
    }
  }
}
