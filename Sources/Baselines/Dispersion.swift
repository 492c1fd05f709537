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

  static func index(window: Int, relativeRate: Double) -> Int {
    window * classes
      + (relativeRate < 0.25 ? 0 : relativeRate < 0.6 ? 1 : relativeRate < 1.2 ? 2 : 3)
  }

  func classes(window: Int) -> ArraySlice<SpreadSums> {
    sums[window * Self.classes..<(window + 1) * Self.classes]
  }

  func total(window: Int) -> SpreadSums {
    var total = SpreadSums()
    for part in classes(window: window) { total.add(part) }
    return total
  }

  mutating func forget(by factor: Double) {
    for index in sums.indices { sums[index].scale(by: factor) }
  }

  mutating func add(
    window: Int, relativeRate: Double, mean: Double, square: Double, weight: Double = 1
  ) {
    sums[Self.index(window: window, relativeRate: relativeRate)].add(
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
    var spread = Spread(alpha: alpha0, beta: beta0)
    var evidence = (0.0, 0.0)
    var betaDeviation = 0.0
    for _ in 0..<4 {
      let priorA = Self.alphaWeight / (1 + spread.alpha)
      let priorB = Self.betaWeight / (2 * max(beta0, spread.beta) * max(beta0, spread.beta))
      var aa = 0.0
      var ab = 0.0
      var bb = 0.0
      var ay = 0.0
      var by = 0.0
      for part in dispersion.classes(window: window) where part.windows > 0 {
        let mu = part.means / part.windows
        let square = part.squaredMeans / part.windows
        let y = part.squares / part.windows - mu
        let variance = spread.variance(mean: mu)
        let weight = part.windows / (2 * variance * variance + variance + 1e-12)
        aa += weight * mu * mu
        ab += weight * mu * square
        bb += weight * square * square
        ay += weight * mu * y
        by += weight * square * y
      }
      evidence = (aa * (1 + spread.alpha), bb * 2 * spread.beta * spread.beta)
      aa += priorA
      bb += priorB
      ay += priorA * alpha0
      by += priorB * beta0
      betaDeviation = (1 / bb).squareRoot()
      let determinant = aa * bb - ab * ab
      var alpha = (ay * bb - by * ab) / determinant
      var beta = (by * aa - ay * ab) / determinant
      if alpha < 0 {
        alpha = 0
        beta = max(0, by / bb)
      } else if beta < 0 {
        beta = 0
        alpha = max(0, ay / aa)
      }
      spread = Spread(alpha: alpha, beta: beta)
    }
    return (spread, evidence.0, evidence.1, betaDeviation)
  }

  private static func classIndex(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    return max(0, min(classes - 1, Int((mean.log4 + 8).rounded())))
  }
}
