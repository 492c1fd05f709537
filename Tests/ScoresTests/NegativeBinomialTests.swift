// SPDX-License-Identifier: Apache-2.0
import Glibc
import Scores
import Testing

/// Tails as mpmath 1.4 gives them with 60 digits, by `betainc` and `gammainc` (regularised);
/// scipy 1.17 agrees where it does not underflow.
private let table: [(count: Int, mean: Double, variance: Double, upper: Double, lower: Double)] = [
  (1, 1e-9, 1e-9, -9.00000000021715, -2.17147240806861e-19),
  (3, 1e-6, 2e-6, -7.16655167414322, -1.15003561414852e-8),
  (1, 1e-9, 1, -16.6835418014269, -8.56570552709675e-18),
  (5, 0.01, 0.05, -3.26594310468306, -0.000164211034990849),
  (0, 0.5, 0.75, 0, -0.176091259055681),
  (2, 0.5, 0.75, -0.954242509439325, -0.0163904161881693),
  (40, 0.002, 0.003, -22.9072644971859, -1.74920050710831e-24),
  (1, 1, 2, -0.301029995663981, -0.1249387366083),
  (10, 1, 1, -6.95301549285389, -4.36368951433828e-9),
  (300, 1, 1.5, -140.833180358478, 0),
  (3, 1, 1000, -2.2675133711689, -0.0022075976679913),
  (100, 1, 1000, -2.73805106609692, -0.000790633139734421),
  (7, 10, 12, -0.072606695222785, -0.610849652748337),
  (25, 10, 12, -3.59126817691346, -5.24593289920449e-5),
  (60, 10, 30, -6.61224936318474, -7.51719517209933e-8),
  (500, 10, 30, -80.5228235400576, 0),
  (10, 10, 10, -0.265944398631325, -0.234301835119252),
  (150, 100, 100, -5.72487058820232, -5.35526432084294e-7),
  (40, 100, 100, -1.28562314974785e-12, -11.1238025641682),
  (100, 100, 1000, -0.331329901810712, -0.262636096803974),
  (0, 100, 1000, 0, -11.1111111111111),
  (1000, 100, 1000, -32.1434908335327, -2.8369937221073e-33),
  (5000, 2000, 2000.001, -688.842938973118, 0),
  (1500, 2000, 90000, -0.0166360706674025, -1.42120917641919),
  (0, 2000, 90000, 0, -75.1460233534247),
  (31623, 10000, 1e6, -45.7614101585774, -7.47092622593559e-47),
  (1_000_000, 1e6, 1e9, -0.304690704528458, -0.29738901994356),
  (1_100_000, 1e6, 1e9, -2.97501095071597, -0.000460214445714317),
  (800_000, 1e6, 1e9, -2.39336509007035e-12, -11.2586647163469),
  (40, 1e-9, 1, -16.7833137089187, -7.14185239211799e-18),
  (5000, 1e-7, 1e-3, -11.2519206316053, -2.43091382120267e-12),
  // scipy alone: mpmath's series do not converge here.
  (1_000_100_000, 1e9, 1e9, -3.1063097131, -0.00034009283),
]

@Suite struct NegativeBinomialTests {
  @Test("Tails equal the oracle's", arguments: table.indices)
  func oracle(index: Int) {
    let row = table[index]
    let upper = log10UpperTail(count: row.count, mean: row.mean, variance: row.variance)
    let lower = log10LowerTail(count: row.count, mean: row.mean, variance: row.variance)
    #expect(abs(upper - row.upper) <= 1e-15 + 1e-8 * abs(row.upper), "\(row): \(upper)")
    #expect(abs(lower - row.lower) <= 1e-15 + 2e-8 * abs(row.lower), "\(row): \(lower)")
  }

  @Test("Tails equal a plain sum of masses", arguments: [0.03, 0.7, 4, 31, 260])
  func plainSum(mean: Double) {
    for ratio in [1, 1.001, 1.3, 2, 9, 60] {
      let variance = mean * ratio
      let masses = naiveMasses(mean: mean, variance: variance, upTo: 60_000)
      for count in [0, 1, 2, 3, 7, 20, 33, 34, 90, 270, 400] {
        let upper = log10(masses[count...].reversed().reduce(0, +))
        let lower = log10(masses[...count].reduce(0, +))
        let place = "\(count) of mean \(mean), variance \(variance)"
        check(log10UpperTail(count: count, mean: mean, variance: variance), upper, place)
        check(log10LowerTail(count: count, mean: mean, variance: variance), lower, place)
      }
    }
  }

  @Test("Extreme arguments give finite, monotone tails")
  func extremes() {
    for mean in [1e-9, 1e-3, 1, 1e5, 1e9] {
      for ratio in [0.5, 1 + 1e-15, 1 + 1e-9, 2, 1e4, 1e9] {
        var last = 0.0
        for count in [0, 1, 30, 40, 1000, 1_000_000, 2_000_000_000] {
          let tail = log10UpperTail(count: count, mean: mean, variance: mean * ratio)
          #expect(tail.isFinite && tail <= last + 1e-9, "\(count), \(mean), \(ratio): \(tail)")
          last = tail
        }
      }
    }
  }

  @Test("Edge cases are as documented")
  func edges() {
    #expect(log10UpperTail(count: 0, mean: 0, variance: 0) == 0)
    #expect(log10UpperTail(count: 1, mean: 0, variance: 0) == -.infinity)
    #expect(log10LowerTail(count: -1, mean: 2, variance: 3) == -.infinity)
    #expect(log10LowerTail(count: 0, mean: 0, variance: 0) == 0)
    #expect(abs(log10UpperTail(count: 3, mean: 1, variance: 2) + 0.9030899869919435) < 1e-12)
  }

  private func check(_ found: Double, _ expected: Double, _ place: String) {
    // The plain sum itself loses what lies below the smallest Double.
    guard expected > -290 else { return }
    #expect(abs(found - expected) <= 1e-9 * (1 + abs(expected)), "\(place): \(found) \(expected)")
  }

  /// The slow twin: masses by their recurrence, from P(0) up.
  private func naiveMasses(mean: Double, variance: Double, upTo limit: Int) -> [Double] {
    let size = mean * mean / (variance - mean)
    let isPoisson = variance <= mean
    var logMass = isPoisson ? -mean : size * log(mean / variance)
    var masses: [Double] = []
    for count in 0...limit {
      masses.append(exp(logMass))
      let k = Double(count)
      logMass += log(
        isPoisson ? mean / (k + 1) : (1 - mean / variance) * (k + size) / (k + 1))
    }
    return masses
  }
}
