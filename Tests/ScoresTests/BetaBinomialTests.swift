// SPDX-License-Identifier: Apache-2.0
import Scores
import Testing

/// log₁₀ P(X ≥ k) summed up with mpmath in 50 digits; scipy 1.17's `betabinom.logsf` agrees where it
/// does not cancel.
private let table: [(errors: Int, calls: Int, mean: Double, variance: Double, upper: Double)] = [
  (1, 5, 0.1, 0.1, -1.021604180742),
  (1, 5, 0.1, 0.4, -1.5209241778524),
  (5, 5, 0.1, 0.2, -3.1399938607527),
  (3, 20, 1, 1.2, -1.0139759636847),
  (20, 20, 2, 10, -3.8654344616919),
  (12, 40, 2, 2.5, -4.4619871052456),
  (40, 1000, 10, 14, -7.8025379391339),
  (200, 220, 11, 30, -59.875335736367),
  (300, 1000, 10, 60, -25.414511219637),
  (2000, 100000, 1000, 5000, -29.375209002025),
  (60, 100, 50, 400, -0.47309512574091),
  (99, 100, 50, 26, -27.296218784254),
]

@Suite("Errors among calls")
struct BetaBinomialTests {
  @Test("tails are those of the beta-binomial law")
  func tails() {
    for row in table {
      let found = log10UpperTail(
        errors: row.errors, calls: row.calls, mean: row.mean, variance: row.variance)
      #expect(abs(found - row.upper) < 1e-6 * max(1, abs(row.upper)), "\(row) gives \(found)")
    }
  }

  @Test("a variance of no more than the binomial's is the binomial law")
  func binomial() {
    // 1/2 to the 10th.
    let found = log10UpperTail(errors: 10, calls: 10, mean: 5, variance: 1)
    #expect(abs(found + 3.0102999566) < 1e-3)
  }

  @Test("the edges")
  func edges() {
    #expect(log10UpperTail(errors: 0, calls: 9, mean: 1, variance: 2) == 0)
    #expect(log10UpperTail(errors: 9, calls: 8, mean: 1, variance: 2) == -.infinity)
    #expect(log10UpperTail(errors: 2, calls: 8, mean: 0, variance: 0) == -.infinity)
    #expect(log10UpperTail(errors: 2, calls: 8, mean: 9, variance: 2) == 0)
    #expect(log10UpperTail(errors: 1, calls: 1, mean: 0.5, variance: 9) <= 0)
  }
}
