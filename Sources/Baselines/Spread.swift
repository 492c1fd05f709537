// SPDX-License-Identifier: Apache-2.0

/// How the variance of a window's count follows from its mean μ: V = μ (1 + α) + β μ².
///
/// α is what clumps add, β what the rate's own wandering adds.
struct Spread: Codable, Sendable {
  var alpha: Double
  var beta: Double

  /// V / μ.
  func fano(mean: Double) -> Double { 1 + alpha + beta * mean }

  func variance(mean: Double) -> Double { mean * fano(mean: mean) }
}

/// Sums over windows side by side whose means μ were alike.
struct SpreadSums: Codable, Sendable {
  /// Number of windows.
  var windows = 0.0
  /// Σ μ.
  var means = 0.0
  /// Σ μ².
  var squaredMeans = 0.0
  /// Σ (x − μ)².
  var squares = 0.0

  mutating func add(mean: Double, square: Double, weight: Double = 1) {
    windows += weight
    means += weight * mean
    squaredMeans += weight * mean * mean
    squares += weight * square
  }

  /// All four in their order.
  var lanes: SIMD4<Double> {
    get { SIMD4(windows, means, squaredMeans, squares) }
    set {
      (windows, means, squaredMeans, squares) = (newValue.x, newValue.y, newValue.z, newValue.w)
    }
  }

  /// What a window adds, in that order.
  @inline(__always)
  static func lanes(mean: Double, square: Double, weight: Double) -> SIMD4<Double> {
    weight * SIMD4(1, mean, mean, square) * SIMD4(1, 1, mean, 1)
  }

  mutating func add(_ other: SpreadSums) {
    windows += other.windows
    means += other.means
    squaredMeans += other.squaredMeans
    squares += other.squares
  }

  mutating func scale(by factor: Double) {
    windows *= factor
    means *= factor
    squaredMeans *= factor
    squares *= factor
  }
}
