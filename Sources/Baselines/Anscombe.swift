// SPDX-License-Identifier: Apache-2.0

/// The root scale, on which a Poisson count's variance is about 1/4 whatever its mean.
///
/// Source: Anscombe, 1948, "The transformation of Poisson, binomial and negative-binomial data".
enum Anscombe {
  /// √(x + 3/8) of a count of at least 0.
  static func forward(_ count: Double) -> Double { (count + 0.375).squareRoot() }

  /// The same of all counts that fit a byte.
  static let rootsOfBytes = (0..<256).map { Float(forward(Double($0))) }

  /// The counts of which roots were taken.
  @inline(__always)
  static func counts(_ roots: Octet) -> Octet { roots * roots - 0.375 }

  /// The mean m of a Poisson count X for which E √(X + 3/8) is the value given.
  ///
  /// The closed form √(m) ≈ … of Mäkitalo and Foi, 2011, "A closed-form approximation of the exact
  /// unbiased inverse of the Anscombe variance-stabilizing transformation", for D = 2√(x + 3/8):
  /// D²/4 + √(3/2)/(4D) − 11/(8D²) + 5√(3/2)/(8D³) − 1/8, and 0 below D = 2√(3/8).
  static func unbiasedInverse(_ root: Double) -> Double {
    let d = 2 * root
    guard d > 1.2247448713915890 else { return 0 }
    let c = 1.2247448713915890
    let mean = d * d / 4 + c / (4 * d) - 11 / (8 * d * d) + 5 * c / (8 * d * d * d) - 0.125
    return max(0, mean)
  }

  /// The same of eight at once, by powers of 1/D.
  static func unbiasedInverse(_ roots: Octet) -> Octet {
    let c: Float = 1.224_744_9
    // There the mean is 0.
    let d: Octet = (2 * roots).atLeast(Octet(repeating: c))
    let inverse: Octet = Octet(repeating: 1) / d
    let series: Octet = (c / 4) - inverse * (11.0 / 8 - (5 * c / 8) * inverse)
    let mean: Octet = d * d * 0.25 + inverse * series - 0.125
    return mean.atLeast(Octet())
  }
}
