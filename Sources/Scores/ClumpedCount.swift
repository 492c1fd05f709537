// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A count of events that come in clumps: a negative binomial number of clumps, whose sizes are
/// geometric.
///
/// With λ clumps expected, each event followed by another of its clump with chance ρ, and the
/// number of clumps having mean λ and variance λ (1 + ω), the count x has mean λ / (1 − ρ) = μ and
/// variance μ (1 + α) + W, where ρ = α / (2 + α) and W = ω λ / (1 − ρ)² is what the rate's wandering
/// adds. Without clumps it is negative binomial, without wandering the law of Pólya and Aeppli.
///
/// Why: a negative binomial of the same mean and variance falls half as fast where clumps are few
/// and large, and so takes an incident for one clump more.
///
/// - SeeAlso: N. L. Johnson, A. W. Kemp and S. Kotz, Univariate Discrete Distributions, 2005,
///   section 9.7; H. E. Daniels, Tail Probability Approximations, 1987.
struct ClumpedCount {
  /// Clumps at the saddle point up to which their numbers are summed up one by one.
  private static let fewClumps = 12.0

  /// Below it events that come one by one cannot be told from clumps, and beyond it the law is flat.
  private static let alphas = 1e-6...1e9

  private let clumps: Double
  private let again: Double
  private let wandering: Double

  /// The same mean and variance without clumps.
  private let smooth: NegativeBinomial
  /// Where the rate itself may be nearly anything, its clumps say nothing, and the saddle point is
  /// a poor guess.
  private let isVague: Bool

  /// Creates a law by its mean μ, by α, and by the rest of its variance, W.
  init(mean: Double, alpha: Double, rest: Double) {
    let alpha = min(max(alpha, Self.alphas.lowerBound), Self.alphas.upperBound)
    again = alpha / (2 + alpha)
    clumps = mean * (1 - again)
    wandering = max(0, rest) * (1 - again) / mean
    isVague = rest > 5 * mean * mean
    smooth = NegativeBinomial(mean: mean, variance: mean * (1 + alpha) + max(0, rest))
  }

  /// ln P(X ≥ count), for a count above the mean.
  func logUpperTail(_ count: Int) -> Double {
    if isVague { return smooth.logUpperTail(count) }
    let saddle = SaddlePoint(Double(count), clumps: clumps, again: again, wandering: wandering)
    return saddle.clumps > Self.fewClumps
      ? saddle.logUpperTail : logSum(count - 1, usual: saddle.clumps)
  }

  /// P(X > n) = Σ P(J = j) P(N > j), J binomial: of n events behind the first each begins a clump
  /// with chance 1 − ρ, so n events make J + 1 clumps, and N clumps must be more than J.
  ///
  /// Summed from behind, as ratios of one term to the one before it.
  private func logSum(_ events: Int, usual: Double) -> Double {
    let last = min(events, Int(usual + 6 * usual.squareRoot() + 8))
    // P(N > j) / P(N = j), begun further behind, where a guess is good enough.
    let first = last + 16
    let ratio = ratio(first + 1)
    var beyond = ratio < 1 ? ratio / (1 - ratio) : 50
    for number in stride(from: first, to: last, by: -1) {
      beyond = self.ratio(number) * (1 + beyond)
    }
    var sum = 1.0
    for number in stride(from: last, to: 0, by: -1) {
      let binomial = Double(events - number + 1) / Double(number) * (1 - again) / again
      sum = 1 + binomial * beyond / (1 + beyond) * sum
      beyond = self.ratio(number) * (1 + beyond)
    }
    let logNone = wandering > 0 ? -log1p(wandering) * clumps / wandering : -clumps
    return Double(events) * log(again) + log(-expm1(logNone)) + log(sum)
  }

  /// P(N = j) / P(N = j − 1).
  private func ratio(_ number: Int) -> Double {
    (clumps + wandering * Double(number - 1)) / ((1 + wandering) * Double(number))
  }
}

/// Where the cumulant function K of a clumped count has the slope of a count: K′(s) = x.
private struct SaddlePoint {
  /// Clumps expected under the law tilted to x.
  let clumps: Double
  /// ln P(X ≥ x) by Lugannani and Rice, with the correction for whole numbers.
  let logUpperTail: Double

  /// What is left of −1 by rounding.
  private static let least = -1 + Double.ulpOfOne

  /// With z = eˢ the slope is c z / ((1 − ρ z)(1 − b z)), so z solves a quadratic equation.
  init(_ count: Double, clumps: Double, again: Double, wandering: Double) {
    let b = (again + wandering) / (1 + wandering)
    let c = clumps * (1 - again) / (1 + wandering)
    // (x (ρ + b) + c)² − 4 x² ρ b, without cancellation.
    let root = (count * count * (b - again) * (b - again) + 2 * count * c * (again + b) + c * c)
      .squareRoot()
    let z = 2 * count / (count * (again + b) + c + root)
    self.clumps = max(0, count * (1 - again * z))
    // The generating function of a clump's size.
    let size = (1 - again) * z / (1 - again * z)
    let cumulant =
      wandering > 0
      ? -log1p(max(wandering * (1 - size), Self.least)) * clumps / wandering : clumps * (size - 1)
    let slope = count * count * (1 - again * b * z * z) / (c * z)
    let w = max(0, 2 * (count * log(z) - cumulant)).squareRoot()
    let u = (1 - 1 / z) * slope.squareRoot()
    // (1 − Φ(w)) / φ(w).
    let mills =
      w < 25
      ? (Double.pi / 2).squareRoot() * erfc(w / 2.0.squareRoot()) * exp(w * w / 2)
      : (1 - 1 / (w * w)) / w
    logUpperTail = -w * w / 2 - log(2 * Double.pi) / 2 + log(mills - 1 / w + 1 / u)
  }
}
