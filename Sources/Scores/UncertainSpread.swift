// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Returns log₁₀ of the chance of a count and more where α, what clumps add to the spread, is known
/// as a gamma law only: the mean of the tails over that law.
///
/// Why: what a few events leave open of α decides how far the tail reaches, and its mean alone
/// would promise too much of a series that is little known, and too little of one whose events
/// never came in clumps.
///
/// The integral is a sum by the trapezoidal rule over the root v of α over its mean: there the
/// product of the gamma law's density and an exponential tail has a deviation of 0.35 to 0.5 / √shape
/// wherever its peak is, so one step serves all, from v = 1 both ways to where nothing is left.
///
/// - Parameters:
///   - shape: of the gamma law; from 200 on its mean is enough.
///   - logTail: ln of the chance at a value of α, given over its mean.
/// - Returns: 0 at most.
func log10MeanTail(shape: Double, logTail: (Double) -> Double) -> Double {
  let log10OfE = 0.434294481903251827651
  guard shape < 200 else { return min(0, logTail(1) * log10OfE) }
  let step = 0.6 / shape.squareRoot()
  let scale = shape * log(shape) - lgamma(shape).0 + log(2 * step)
  // As logarithms, for an incident's tails are below the least number.
  func term(_ root: Double) -> Double {
    let ratio = root * root
    return scale + (2 * shape - 1) * log(root) - shape * ratio + min(0, logTail(ratio))
  }
  var sum = term(1)
  for direction in [-step, step] {
    var root = 1 + direction
    var last = -Double.infinity
    while root > 0 {
      let next = term(root)
      // Towards the peak terms grow, however small they are.
      if !(next > last), !(next > sum + negligible) { break }
      sum = logSum(sum, next)
      last = next
      root += direction
    }
  }
  return min(0, sum * log10OfE)
}

/// ln of a thousandth.
private let negligible = -6.9

/// ln(eᵃ + eᵇ).
private func logSum(_ a: Double, _ b: Double) -> Double {
  let (most, least) = (max(a, b), min(a, b))
  return least > -.infinity ? most + log1p(exp(least - most)) : most
}
