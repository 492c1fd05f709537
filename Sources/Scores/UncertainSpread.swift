// SPDX-License-Identifier: Apache-2.0
import Baselines
import Glibc

/// Returns log₁₀ P(X ≥ count) where α, what clumps add to the spread, is known as a gamma law only:
/// the mean of the tails over that law.
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
///   - shape: of the gamma law; from 200 on its mean is enough.
///   - logTail: ln P(X ≥ count) at a value of α, given over its mean.
/// - Returns: 0 at most.
func log10UpperTail(count: Int, shape: Double, logTail: (Double) -> Double) -> Double {
  let log10OfE = 0.434294481903251827651
  guard shape < 200 else { return min(0, logTail(1) * log10OfE) }
  let tilted = shape + Double(count - 1)
  let step = 1.2 / tilted.squareRoot()
  let scale = shape * log(shape) - lgamma(shape).0 + log(step)
  let middle = log(tilted / shape)
  func term(_ place: Int) -> Double {
    let logRatio = middle + Double(place) * step
    let ratio = exp(logRatio)
    return exp(scale + shape * (logRatio - ratio) + min(0, logTail(ratio)))
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
