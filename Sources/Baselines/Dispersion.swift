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

/// What a series' past windows say of its spread, by window length and by how busy the time was.
struct Dispersion: Codable, Sendable {
  /// Times of day are told apart by their rate over the day's mean rate: below 1/4, 0.6, 1.2, above.
  static let classes = 4

  private(set) var sums = [SpreadSums](
    repeating: SpreadSums(), count: windowLengths.count * classes)

  /// Where the second, third and fourth class begin.
  static let low = 0.25
  static let middle = 0.6
  static let high = 1.2

  /// The class of a time by its rate and the day's; without branches, which nobody could foretell.
  @inline(__always)
  static func classIndex(rate: Double, dayRate: Double) -> Int {
    (rate < low * dayRate ? 0 : 1) + (rate < middle * dayRate ? 0 : 1)
      + (rate < high * dayRate ? 0 : 1)
  }

  func classes(window: Int) -> ArraySlice<SpreadSums> {
    sums[window * Self.classes..<(window + 1) * Self.classes]
  }

  func total(window: Int) -> SpreadSums {
    var total = SpreadSums()
    for part in classes(window: window) { total.add(part) }
    return total
  }

  /// The sums of a window and class, as `SpreadSums.lanes` gives them.
  subscript(window: Int, class index: Int) -> SIMD4<Double> {
    get { sums[window * Self.classes + index].lanes }
    set { sums[window * Self.classes + index].lanes = newValue }
  }

  mutating func forget(by factor: Double) {
    for index in sums.indices { sums[index].scale(by: factor) }
  }

  mutating func add(
    window: Int, relativeRate: Double, mean: Double, square: Double, weight: Double = 1
  ) {
    sums[window * Self.classes + Self.classIndex(rate: relativeRate, dayRate: 1)].add(
      mean: mean, square: square, weight: weight)
  }
}

/// The spread that alike series have: what a series' own estimate is shrunk towards.
struct SpreadPrior: Sendable {
  /// Weight of the prior of α, in events; of β, in windows.
  static let alphaWeight = 10.0
  static let betaWeight = 8.0
  private static let classes = 16

  /// α per window and class of mean; β per window.
  private var alphas: [Double]
  private var betas: [Double]

  private static let initialBetas = [0.25, 0.12, 0.08, 0.05, 0.03]

  init(_ series: [Dispersion]) {
    alphas = []
    betas = Self.initialBetas
    for window in windowLengths.indices {
      for _ in 0..<Self.classes { alphas.append(0.3 + 0.2 * Double(window)) }
    }
    let first = self
    var alphaSums = [Double](repeating: 0, count: alphas.count)
    var alphaWeights = alphaSums
    var betaSums = [Double](repeating: 0, count: betas.count)
    var betaWeights = betaSums
    for dispersion in series {
      for window in windowLengths.indices {
        let total = dispersion.total(window: window)
        guard total.means > 0 else { continue }
        let mean = total.means / total.windows
        let (spread, alphaEvidence, betaEvidence, _) = first.fit(
          dispersion, window: window, mean: mean)
        let slot = window * Self.classes + Self.classIndex(mean)
        let a = min(alphaEvidence, Self.alphaWeight)
        alphaSums[slot] += a * min(spread.alpha, 100)
        alphaWeights[slot] += a
        let b = min(betaEvidence, 2 * Self.betaWeight)
        betaSums[window] += b * min(spread.beta, 3)
        betaWeights[window] += b
      }
    }
    for slot in alphas.indices {
      alphas[slot] = (alphaSums[slot] + 20 * alphas[slot]) / (alphaWeights[slot] + 20)
    }
    for window in betas.indices {
      betas[window] =
        (betaSums[window] + 30 * betas[window]) / (betaWeights[window] + 30)
    }
  }

  /// Returns the spread of a series' windows of a length.
  ///
  /// Windows of an hour and more are few, and what they leave open of β is added to it: its
  /// posterior deviation.
  func spread(_ dispersion: Dispersion, window: Int, mean: Double) -> Spread {
    let found = fit(dispersion, window: window, mean: mean)
    var spread = found.spread
    if windowLengths[window] >= 60 { spread.beta += found.betaDeviation }
    return spread
  }

  /// Weighted least squares of (x − μ)² on μ and μ², with the prior as further data.
  private func fit(_ dispersion: Dispersion, window: Int, mean: Double)
    -> (spread: Spread, alphaEvidence: Double, betaEvidence: Double, betaDeviation: Double)
  {
    let alpha0 = alphas[window * Self.classes + Self.classIndex(mean)]
    let beta0 = betas[window]
    let parts = Parts(dispersion, window: window)
    var spread = Spread(alpha: alpha0, beta: beta0)
    var evidence = (0.0, 0.0)
    var betaDeviation = 0.0
    for _ in 0..<4 {
      let priorA = Self.alphaWeight / (1 + spread.alpha)
      let priorB = Self.betaWeight / (2 * max(beta0, spread.beta) * max(beta0, spread.beta))
      var (aa, ab, bb, ay, by) = parts.sums(spread)
      evidence = (aa * (1 + spread.alpha), bb * 2 * spread.beta * spread.beta)
      aa += priorA
      bb += priorB
      ay += priorA * alpha0
      by += priorB * beta0
      betaDeviation = (1 / bb).squareRoot()
      spread = Self.solve(aa, ab, bb, ay, by)
    }
    return (spread, evidence.0, evidence.1, betaDeviation)
  }

  /// α and β of the normal equations, neither below 0.
  private static func solve(
    _ aa: Double, _ ab: Double, _ bb: Double, _ ay: Double, _ by: Double
  ) -> Spread {
    let determinant = aa * bb - ab * ab
    let alpha = (ay * bb - by * ab) / determinant
    let beta = (by * aa - ay * ab) / determinant
    if alpha < 0 { return Spread(alpha: 0, beta: max(0, by / bb)) }
    if beta < 0 { return Spread(alpha: max(0, ay / aa), beta: 0) }
    return Spread(alpha: alpha, beta: beta)
  }

  private static func classIndex(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    return max(0, min(classes - 1, Int((mean.log4 + 8).rounded())))
  }
}

/// The classes of the windows of a length as points of a regression, a lane each.
private struct Parts {
  private let windows: SIMD4<Double>
  /// μ, μ² and (x − μ)² − μ.
  private let mean: SIMD4<Double>
  private let square: SIMD4<Double>
  private let excess: SIMD4<Double>

  init(_ dispersion: Dispersion, window: Int) {
    var (count, mean, square, excess) = (
      SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>()
    )
    for index in 0..<Dispersion.classes {
      let sums = dispersion[window, class: index]
      guard sums.x > 0 else { continue }
      count[index] = sums.x
      mean[index] = sums.y / sums.x
      square[index] = sums.z / sums.x
      excess[index] = sums.w / sums.x - mean[index]
    }
    (windows, self.mean, self.square, self.excess) = (count, mean, square, excess)
  }

  /// Σ of the products of the columns μ and μ², and of both with the excess, weighted by the
  /// spread as it stands.
  func sums(_ spread: Spread) -> (Double, Double, Double, Double, Double) {
    let variance = mean * (1 + spread.alpha + spread.beta * mean)
    let weight = windows / (2 * variance * variance + variance + 1e-12)
    let (first, second) = (weight * mean, weight * square)
    return (
      (first * mean).sum(), (first * square).sum(), (second * square).sum(),
      (first * excess).sum(), (second * excess).sum()
    )
  }
}
