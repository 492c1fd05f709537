// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import Baselines

@Suite("The root scale")
struct AnscombeTests {
  /// E √(X + 3/8) of a Poisson X, summed term by term.
  private func expectedRoot(mean: Double) -> Double {
    var sum = 0.0
    for count in 0...Int(mean + 30 * mean.squareRoot() + 60) {
      let logTerm = Double(count) * log(mean) - mean - lgamma(Double(count) + 1)
      sum += exp(logTerm) * (Double(count) + 0.375).squareRoot()
    }
    return sum
  }

  @Test(
    "the inverse gives the Poisson mean back",
    arguments: [0.05, 0.3, 1, 3, 10, 40, 200, 2000])
  func unbiased(mean: Double) {
    let back = Anscombe.unbiasedInverse(expectedRoot(mean: mean))
    #expect(abs(back - mean) < 0.02 + 0.01 * mean)
  }

  @Test("nothing observed is a mean of nothing")
  func zero() {
    #expect(Anscombe.unbiasedInverse(Anscombe.forward(0)) < 1e-6)
    #expect(Anscombe.unbiasedInverse(0) == 0)
  }
}
