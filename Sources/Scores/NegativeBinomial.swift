// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Returns log₁₀ P(X ≥ count) for a negative binomial count with a mean and a variance.
///
/// With size r = mean² / (variance − mean) and p = mean / variance, the tail is the regularised
/// incomplete beta function I(1 − p; count, r). Where the variance is not above the mean, X is
/// Poisson.
///
/// Why: a tail of 1e-300 is an ordinary value for an incident, so everything is kept as a
/// logarithm; and a count of 1e9 must not lose its digits in differences of log-gammas, so the
/// mass is Loader's saddle-point form.
///
///     log10UpperTail(count: 3, mean: 1, variance: 2)  // -0.9031, which is 1/8
///
/// Edge cases: 0 for a count of at most 0; −∞ for a positive count where the mean is not positive.
///
/// - Complexity: O(√max(count, r)) at worst; some ten steps in a tail.
/// - SeeAlso: C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.
public func log10UpperTail(count: Int, mean: Double, variance: Double) -> Double {
  guard count > 0 else { return 0 }
  guard mean > 0 else { return -.infinity }
  let law = NegativeBinomial(mean: mean, variance: variance)
  return min(0, law.logUpperTail(count) * log10OfE)
}

/// Returns log₁₀ P(X ≤ count) for a negative binomial count with a mean and a variance.
///
/// It is I(p; r, count + 1) in the terms of `log10UpperTail`.
///
/// Edge cases: −∞ for a negative count; 0 where the mean is not positive.
///
/// - Complexity: as `log10UpperTail`.
public func log10LowerTail(count: Int, mean: Double, variance: Double) -> Double {
  guard count >= 0 else { return -.infinity }
  guard mean > 0 else { return 0 }
  let law = NegativeBinomial(mean: mean, variance: variance)
  return min(0, law.logLowerTail(count) * log10OfE)
}

private let log10OfE = 0.434294481903251827651

/// A law of counts by mean m and variance v, with its mass and tails as natural logarithms.
struct NegativeBinomial {
  private let mean: Double
  private let variance: Double
  private let excess: Double
  /// The chance p of the trial that ends the count, and 1 − p without cancellation.
  private let success: Double
  private let failure: Double
  private let size: Double

  init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
    excess = variance - mean
    success = mean / variance
    failure = excess / variance
    size = mean / excess * mean
  }

  /// Below this excess the law cannot be told from Poisson in a `Double`.
  private var isPoisson: Bool { !(excess > mean * 1e-14) }

  func logUpperTail(_ count: Int) -> Double {
    let k = Double(count)
    if isPoisson {
      return k > mean ? logUpperSum(k) : logComplement(logLowerSum(k - 1))
    }
    if failure < (k + 1) / (k + size + 2) { return logUpperFraction(k) }
    if count <= 32 { return logUpperByMasses(count) }
    return size < 1e-8 ? logUpperOfTinySize(k) : logComplement(logLowerFraction(k - 1))
  }

  func logLowerTail(_ count: Int) -> Double {
    let k = Double(count)
    if isPoisson {
      return k < mean ? logLowerSum(k) : logComplement(logUpperSum(k + 1))
    }
    if success < (size + 1) / (size + k + 3) { return logLowerFraction(k) }
    return logComplement(logUpperTail(count + 1))
  }

  /// ln P(X = k), by Loader's deviance: Stirling's error and k ln(k/m) − k + m apart.
  func logMass(_ k: Double) -> Double {
    if isPoisson {
      guard k > 0 else { return -mean }
      let deviance = k * logExcess((mean - k) / k, ratio: mean / k)
      return -stirlingError(k) - deviance - 0.5 * log(2 * .pi * k)
    }
    guard k > 0 else { return -size * log1p(excess / mean) }
    // (r + k) p − r, which is k − (r + k)(1 − p), without cancellation.
    let shift = mean / variance * (k - mean)
    let endings = size * logExcess(shift / size, ratio: (1 + k / size) * success)
    let counted = k * logExcess(-shift / k, ratio: (mean / variance * mean / k + failure))
    let errors = stirlingError(size + k) - stirlingError(size) - stirlingError(k)
    return errors - endings - counted - 0.5 * log(2 * .pi * k * (1 + k / size))
  }
}

// MARK: - Tails

extension NegativeBinomial {
  private func logUpperFraction(_ k: Double) -> Double {
    logMass(k) - log(betaFraction(k, size, failure))
  }

  private func logLowerFraction(_ k: Double) -> Double {
    logMass(k) + log(failure * (1 + k / size)) - log(betaFraction(size, k + 1, success))
  }

  /// 1 − P(0) − … − P(k − 1), which keeps its digits where P(0) is nearly 1.
  private func logUpperByMasses(_ count: Int) -> Double {
    var tail = -expm1(logMass(0))
    for k in 1..<max(count, 1) { tail -= exp(logMass(Double(k))) }
    return log(tail)
  }

  /// For r → 0, P(X = j) is r qʲ / j; its sum from k on, by Euler and Maclaurin, is r times
  /// E₁(k λ) + f(k)/2 − f′(k)/12, with f(j) = qʲ / j and λ = −ln q.
  private func logUpperOfTinySize(_ k: Double) -> Double {
    let decay = -log1p(-success)
    let first = exp(-decay * k) / k
    let sum = exponentialIntegral(k * decay) + first / 2 + first * (decay + 1 / k) / 12
    return log(size) + log(sum)
  }

  /// Poisson: P(k) (1 + m/(k+1) + m²/((k+1)(k+2)) + …).
  private func logUpperSum(_ k: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var divisor = k
    while term > sum * 1e-17 {
      divisor += 1
      term *= mean / divisor
      sum += term
    }
    return logMass(k) + log(sum)
  }

  /// Poisson: P(k) (1 + k/m + k(k−1)/m² + …).
  private func logLowerSum(_ k: Double) -> Double {
    guard k >= 0 else { return -.infinity }
    var term = 1.0
    var sum = 1.0
    var factor = k
    while term > sum * 1e-17 {
      term *= factor / mean
      sum += term
      factor -= 1
    }
    return logMass(k) + log(sum)
  }
}
