// SPDX-License-Identifier: Apache-2.0

/// The spread that alike series have: what a series' own estimate is shrunk towards.
struct SpreadPrior: Sendable {
  /// A series says as much of α as so many of its events, at most.
  private static let mostEvents = 10.0

  private let parameters: SpreadParameters
  /// What the series behind it show.
  let evidence: SpreadEvidence

  /// Learns from the series of a run, beginning at what is taken without any.
  init(_ series: [Dispersion], _ parameters: SpreadParameters = .standard) {
    let first = SpreadPrior(parameters)
    var evidence = SpreadEvidence()
    for dispersion in series {
      for window in windowLengths.indices {
        let total = dispersion.total(window: window)
        guard total.means > 0 else { continue }
        let mean = total.means / total.windows
        let found = first.fit(dispersion, window: window, mean: mean)
        evidence.addClumping(
          found.spread.alpha, weight: min(found.alphaEvidence, Self.mostEvents),
          window: window, mean: mean)
        evidence.addWandering(
          found.spread.beta, weight: min(found.betaEvidence, 2 * parameters.ownWindows),
          window: window)
      }
    }
    self.evidence = evidence
    self.parameters = evidence.posterior(parameters)
  }

  private init(_ parameters: SpreadParameters) {
    self.parameters = parameters
    evidence = SpreadEvidence()
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
    let alpha0 = parameters.clumping[window][SpreadParameters.classIndex(mean)]
    let beta0 = parameters.wandering[window]
    let parts = Parts(dispersion, window: window)
    var spread = Spread(alpha: alpha0, beta: beta0)
    var evidence = (0.0, 0.0)
    var betaDeviation = 0.0
    for _ in 0..<4 {
      let priorA = parameters.ownEvents / (1 + spread.alpha)
      let priorB = parameters.ownWindows / (2 * max(beta0, spread.beta) * max(beta0, spread.beta))
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
