// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Baselines

@Suite("Spread")
struct SpreadTests {
  /// Windows of every class whose squares follow V = μ (1 + α) + β μ² to the digit.
  private func dispersion(_ law: Spread, window: Int, means: [Double], count: Double) -> Dispersion
  {
    var dispersion = Dispersion()
    let average = means.reduce(0, +) / Double(means.count)
    for mean in means {
      dispersion.add(
        window: window, relativeRate: mean / average, mean: mean,
        square: law.variance(mean: mean), weight: count)
    }
    return dispersion
  }

  @Test("the law behind many windows is found, whatever it is", arguments: [0, 2, 4])
  func recovers(window: Int) {
    for law in [
      Spread(alpha: 0, beta: 0.2), Spread(alpha: 4, beta: 0), Spread(alpha: 1, beta: 0.1),
    ] {
      let rich = dispersion(law, window: window, means: [2, 6, 14, 30], count: 1e6)
      let found = SpreadPrior([rich]).spread(rich, window: window, mean: 13)
      for mean in [2.0, 10, 30] {
        #expect(abs(found.fano(mean: mean) / law.fano(mean: mean) - 1) < 0.01)
      }
    }
  }

  @Test("a quiet hour is not given the spread of a busy one")
  func quietHours() {
    let law = Spread(alpha: 0, beta: 0.05)
    let past = dispersion(law, window: 3, means: [1, 5, 40, 100], count: 60)
    let found = SpreadPrior([past]).spread(past, window: 3, mean: 36)
    #expect(found.fano(mean: 1) < 1.6)
    #expect(abs(found.fano(mean: 100) - 6) < 1)
  }

  @Test("a series of which little is known takes the spread of series like it")
  func borrows() {
    let clumpy = Spread(alpha: 6, beta: 0)
    let rich = (0..<50).map { _ in
      dispersion(clumpy, window: 1, means: [0.05, 0.1, 0.15], count: 1000)
    }
    let thin = dispersion(Spread(alpha: 0, beta: 0), window: 1, means: [0.1], count: 5)
    let prior = SpreadPrior(rich + [thin])
    #expect(prior.spread(thin, window: 1, mean: 0.1).alpha > 3)
    #expect(SpreadPrior([thin]).spread(thin, window: 1, mean: 0.1).alpha < 1)
  }

  @Test("single events are no clumps, however many were forecast", arguments: [0.005, 0.01, 0.04])
  func wrongForecast(mean: Double) {
    var past = Dispersion()
    var windows = ShortWindows(
      past, window: 1, law: Spread(alpha: 0.3, beta: 0), dayMean: mean, usualBurst: 0)
    for window in 0..<20_000 { windows.add(count: window % 100 == 0 ? 1 : 0, mean: mean) }
    windows.store(in: &past)
    let sums = past.total(window: 1)
    // Σ (x − μ)² − x, which is what clumps add, is all but 0.
    #expect(abs(sums.squares - sums.means) / 200 < 0.1)
    #expect(SpreadPrior([past]).spread(past, window: 1, mean: mean).alpha < 0.1)
  }

  @Test("estimates are finite and at least Poisson on any sums")
  func bounds() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      var past = Dispersion()
      for _ in 0..<Int.random(in: 0..<6, using: &generator) {
        let size = Double.random(in: -9...9, using: &generator)
        past.add(
          window: 2, relativeRate: Double.random(in: 0...2, using: &generator),
          mean: size < -8 ? 0 : 10.0.raised(to: size),
          square: 10.0.raised(to: Double.random(in: -9...12, using: &generator)),
          weight: Double.random(in: 0...500, using: &generator))
      }
      let found = SpreadPrior([past]).spread(past, window: 2, mean: 1)
      #expect(found.alpha >= 0 && found.alpha.isFinite, "seed \(seed)")
      #expect(found.beta >= 0 && found.beta.isFinite, "seed \(seed)")
    }
  }
}
