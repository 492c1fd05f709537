// SPDX-License-Identifier: Apache-2.0

/// A reproducible source of random numbers: xoshiro256** (Blackman and Vigna, 2018).
struct SeededGenerator: RandomNumberGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// Creates the generator of one purpose: the same seed and path give the same numbers, and
  /// different paths give streams that have nothing to do with each other.
  init(seed: UInt64, _ path: Int...) {
    var mixed = seed
    for step in path {
      mixed = splitMix(mixed &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(step))
    }
    func next() -> UInt64 {
      mixed &+= 0x9E37_79B9_7F4A_7C15
      return splitMix(mixed)
    }
    state = (next(), next(), next(), next())
  }

  mutating func next() -> UInt64 {
    let result = rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  private func rotated(_ bits: UInt64, by count: UInt64) -> UInt64 {
    bits << count | bits >> (64 - count)
  }
}

private func splitMix(_ seed: UInt64) -> UInt64 {
  var mixed = (seed ^ (seed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}

// MARK: - Laws

extension SeededGenerator {
  /// From 0 up to, not including, 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// Uniform in the logarithm: as many between 1 and 10 as between 10 and 100.
  mutating func logUniform(_ low: Double, _ high: Double) -> Double {
    low * portableExp(uniform() * portableLog(high / low))
  }

  mutating func integer(below limit: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// From `low` to `high`, both included.
  mutating func integer(_ low: Int, _ high: Int) -> Int { low + integer(below: high - low + 1) }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  mutating func element<Element>(of elements: [Element]) -> Element {
    elements[integer(below: elements.count)]
  }

  /// Returns an index, chosen in proportion to the weights, which add up to 1.
  mutating func index(weights: [Double]) -> Int {
    var rest = uniform()
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return index }
    }
    return weights.count - 1
  }

  mutating func permute<Element>(_ elements: inout [Element]) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, integer(below: index + 1))
    }
  }

  /// Poisson, by Knuth's product of uniforms in portions of at most 30.
  mutating func poisson(_ mean: Double) -> Int {
    var count = 0
    var rest = mean
    while rest > 0 {
      var product = uniform()
      // e⁻ᵐ is at least 1 − m: most minutes are empty, and need no exponential.
      if product <= 1 - rest { break }
      let limit = portableExp(-min(rest, 30))
      while product > limit {
        count += 1
        product *= uniform()
      }
      rest -= 30
    }
    return count
  }

  /// Negative binomial: Poisson with a gamma effect of a variance, by inversion where that is fast.
  mutating func negativeBinomial(mean: Double, effect: Double) -> Int {
    guard effect > 1e-6, mean < 20 else { return poisson(mean * gamma(variance: effect)) }
    var rest = uniform()
    // The chance of 0 is at least 1 − mean.
    if rest <= 1 - mean { return 0 }
    let spread = effect * mean
    var mass = portableExp(-portableLog(1 + spread) / effect)
    var count = 0
    while rest > mass, count < 10_000 {
      rest -= mass
      mass *= spread / (1 + spread) * (Double(count) + 1 / effect) / Double(count + 1)
      count += 1
    }
    return count
  }

  mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    var count = 0
    for _ in 0..<trials where chance(probability) { count += 1 }
    return count
  }

  /// Geometric from 0 up, with a mean.
  mutating func geometric(mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    let ratio = mean / (1 + mean)
    return Int(portableLog(1 - uniform()) / portableLog(ratio))
  }

  /// A gamma variable with mean 1 and a variance, by Marsaglia and Tsang (2000).
  mutating func gamma(variance: Double) -> Double {
    guard variance > 0 else { return 1 }
    let shape = 1 / variance
    guard shape >= 1 else {
      let boost = portableExp(portableLog(1 - uniform()) / shape)
      return gamma(shape: shape + 1) * boost * variance
    }
    return gamma(shape: shape) * variance
  }

  private mutating func gamma(shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let cube = root * root * root
      let uniform = 1 - uniform()
      // Nearly always: no logarithm.
      if uniform < 1 - 0.0331 * x * x * x * x { return d * cube }
      let bound = 0.5 * x * x + d - d * cube + d * portableLog(cube)
      if portableLog(uniform) < bound { return d * cube }
    }
  }

  /// Standard normal, by Marsaglia's polar method.
  private mutating func normal() -> Double {
    while true {
      let x = uniform(-1, 1)
      let y = uniform(-1, 1)
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * portableLog(square) / square).squareRoot() }
    }
  }
}
