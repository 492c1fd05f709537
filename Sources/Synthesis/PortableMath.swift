// SPDX-License-Identifier: Apache-2.0

// Why not the C library's: its last digit depends on version and processor, and a trail must be
// the same on every machine. These use only operations that IEEE 754 rounds exactly.

/// Returns ln x for x > 0, to about 1e-15.
func portableLog(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  var sum = 0.0
  for divisor in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
  return exponent * 0.6931471805599453 + 2 * s * sum
}

/// Returns eˣ, to about 1e-15; 0 and ∞ beyond the range of a `Double`.
func portableExp(_ x: Double) -> Double {
  guard x > -700 else { return 0 }
  guard x < 700 else { return .infinity }
  let halvings = (x * 1.4426950408889634).rounded()
  let rest = (x - halvings * 0.6931471803691238) - halvings * 1.9082149292705877e-10
  var sum = 1.0
  for divisor in stride(from: 16.0, through: 1, by: -1) { sum = 1 + rest / divisor * sum }
  return sum * Double(sign: .plus, exponent: Int(halvings), significand: 1)
}
