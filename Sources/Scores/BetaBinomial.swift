// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Returns log₁₀ P(X ≥ errors) for a beta-binomial count of errors among calls.
///
/// With π = mean / calls and ρ from variance = calls π (1 − π) (1 + (calls − 1) ρ), the share of
/// errors follows a beta law with a = π (1/ρ − 1) and b = (1 − π)(1/ρ − 1), and
///
///     P(X = k) = C(calls, k) B(k + a, calls − k + b) / B(a, b)
///
/// A variance no larger than the binomial's stands for a ρ of 10⁻⁶, which is the binomial law.
///
/// Edge cases: 0 for no errors; −∞ where there are more errors than calls, or a positive count of
/// errors where the mean is not positive; 0 where the mean is not below the calls.
///
/// - Complexity: O(calls − errors) at worst; it stops where terms no longer count.
/// - SeeAlso: J. G. Skellam, A Probability Distribution Derived from the Binomial Distribution, 1948.
public func log10UpperTail(
  errors: Int, calls: Int, mean: Double, variance: Double
) -> Double {
  guard errors > 0 else { return 0 }
  guard errors <= calls, mean > 0 else { return -.infinity }
  let trials = Double(calls)
  guard mean < trials else { return 0 }
  let share = mean / trials
  let binomial = trials * share * (1 - share)
  let correlation = min(0.999, max(1e-6, (variance / binomial - 1) / max(1, trials - 1)))
  let a = share * (1 / correlation - 1)
  let b = (1 - share) * (1 / correlation - 1)
  let first = logMass(Double(errors), trials, a, b)
  // Terms relative to the first; each follows from the one before.
  var (sum, term) = (1.0, 1.0)
  var count = Double(errors)
  while count < trials {
    term *= (trials - count) * (count + a) / ((count + 1) * (trials - count - 1 + b))
    sum += term
    count += 1
    // Behind the peak the terms fall ever faster.
    if term < 1e-12 * sum, count > mean { break }
  }
  return min(0, (first + log(sum)) * 0.434294481903251827651)
}

/// ln P(X = k).
private func logMass(_ count: Double, _ trials: Double, _ a: Double, _ b: Double) -> Double {
  logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1)
    + logBeta(count + a, trials - count + b) - logBeta(a, b)
}

private func logBeta(_ a: Double, _ b: Double) -> Double {
  logGamma(a) + logGamma(b) - logGamma(a + b)
}

private func logGamma(_ x: Double) -> Double { lgamma(x).0 }
