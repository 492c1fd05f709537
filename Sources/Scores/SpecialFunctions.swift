// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Returns ln(1 − eˣ) for x ≤ 0.
func logComplement(_ x: Double) -> Double {
  x > -0.693 ? log(-expm1(x)) : log1p(-exp(x))
}

/// Returns t − ln(1 + t), with 1 + t given as `ratio`, too, so that neither end loses digits.
func logExcess(_ t: Double, ratio: Double) -> Double {
  guard abs(t) < 0.1 else { return t - log(ratio) }
  // With s = t / (2 + t): ln(1 + t) = 2 (s + s³/3 + s⁵/5 + …) and t − 2 s = t s.
  let s = t / (2 + t)
  let square = s * s
  var power = 2 * s * square
  var sum = t * s
  var divisor = 3.0
  while abs(power) > abs(sum) * 1e-17 {
    sum -= power / divisor
    power *= square
    divisor += 2
  }
  return sum
}

/// Returns ln Γ(n + 1) − (n + ½) ln n + n − ½ ln 2π, what Stirling's formula leaves out.
func stirlingError(_ n: Double) -> Double {
  guard n < 16 else {
    let inverse = 1 / n
    let square = inverse * inverse
    return inverse
      * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680))))
  }
  return lgamma(n + 1).0 - (n + 0.5) * log(n) + n - 0.918938533204672741780
}

/// Returns E₁(x), the integral of e⁻ᵗ / t from x on, for x up to about 2.
func exponentialIntegral(_ x: Double) -> Double {
  var term = -1.0
  var sum = -0.577215664901532860607 - log(x)
  for n in 1..<60 {
    term *= -x / Double(n)
    sum += term / Double(n)
  }
  return sum
}

/// Returns the continued fraction of the incomplete beta function I(x; a, b), by Lentz's method.
///
/// I(x; a, b) is xᵃ (1 − x)ᵇ / (a B(a, b)) divided by it. It converges where
/// x < (a + 1) / (a + b + 2).
///
/// - SeeAlso: NIST Digital Library of Mathematical Functions, 8.17.22.
func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  var fraction = LentzFraction()
  for step in 0..<1_000_000 {
    let m = Double(step)
    let odd = -(a + m) / (a + 2 * m) * ((a + b + m) * x) / (a + 2 * m + 1)
    let even = (m + 1) / (a + 2 * m + 1) * ((b - m - 1) * x) / (a + 2 * m + 2)
    if abs(fraction.extend(odd) * fraction.extend(even) - 1) < 1e-15 { break }
  }
  return fraction.value
}

/// The value of 1 + c₁/(1 + c₂/(1 + …)), by the modified method of Lentz.
private struct LentzFraction {
  var value = 1.0
  private var numerators = 1.0
  private var denominators = 0.0

  /// Adds a coefficient and returns the factor by which it changes the value.
  @inline(__always)
  mutating func extend(_ coefficient: Double) -> Double {
    denominators = 1 / awayFromZero(1 + coefficient * denominators)
    numerators = awayFromZero(1 + coefficient / numerators)
    let change = numerators * denominators
    value *= change
    return change
  }

  private func awayFromZero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }
}
