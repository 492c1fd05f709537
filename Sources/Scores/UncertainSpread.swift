// SPDX-License-Identifier: Apache-2.0
import Baselines
import Glibc

/// Returns log₁₀ P(X ≥ count) where the clumping of a negative binomial count is known as a gamma
/// law only: the mean of its tails over that law.
///
/// Why: what a few events leave open of α decides how far the tail reaches, and its mean alone
/// would promise too much of a series that is little known, and too little of one whose events
/// never came in clumps.
///
/// The integral over ln α is a sum by the trapezoidal rule, from where most of it lies to where
/// nothing is left.
///
/// - Parameters:
///   - count: the events.
///   - mean: those expected.
///   - variance: of the count, at the mean of α.
///   - clumping: what is known of α.
///   - smooth: the part of the mean that comes in clumps.
/// - Returns: 0 at most.
func log10UpperTail(
  count: Int, mean: Double, variance: Double, clumping: Clumping, smooth: Double
) -> Double {
  let alpha = clumping.mean * smooth / mean
  let rest = variance - mean - clumping.mean * smooth
  // Where much is known the mean of α is enough.
  if clumping.shape >= 200 {
    return min(
      0, ClumpedCount(mean: mean, alpha: alpha, rest: rest).logUpperTail(count) * 0.4342944819)
  }
  let shape = clumping.shape
  let tilted = shape + Double(count - 1)
  let step = 1.2 / tilted.squareRoot()
  let scale = shape * log(shape) - lgamma(shape).0 + log(step)
  let middle = log(tilted / shape)
  func term(_ place: Int) -> Double {
    // α over its mean.
    let logRatio = middle + Double(place) * step
    let ratio = exp(logRatio)
    let law = ClumpedCount(mean: mean, alpha: ratio * alpha, rest: rest)
    return exp(scale + shape * (logRatio - ratio) + min(0, law.logUpperTail(count)))
  }
  var sum = term(0)
  for direction in [-1, 1] {
    var place = direction
    while abs(place) < 40 {
      let next = term(place)
      sum += next
      place += direction
      if next < 1e-3 * sum, abs(place) > 2 { break }
    }
  }
  return min(0, log10(sum))
}
