// SPDX-License-Identifier: Apache-2.0
import Glibc
import LinearAlgebra
import Vocabulary

@testable import Baselines

/// The slow twin of the fit of one series by one weekend and one λ.
struct SlowRegression {
  let design: WeekDesign
  private(set) var ridge = 1.0
  /// σ².
  private(set) var noise = 0.0
  private(set) var evidence = -Double.infinity
  private(set) var profile: [Double] = []

  init(_ design: WeekDesign) { self.design = design }

  /// Fits z and q by one λ.
  private init(_ design: WeekDesign, ridge: Double, _ z: [Double], _ q: Double) {
    self.init(design)
    self.ridge = ridge
    let total = design.weights.reduce(0, +)
    let mean = z.reduce(0, +) / total
    var centred = Matrix(rowCount: 1, columnCount: z.count)
    centred.elements = zip(z, design.weights).map { $0 - $1 * mean }
    var u = product(centred, design.basis)
    var explained = 0.0
    for (index, eigenvalue) in design.eigenvalues.enumerated() {
      explained += u.elements[index] * u.elements[index] / (eigenvalue + ridge)
      u.elements[index] /= eigenvalue + ridge
    }
    let spread = max(q - total * mean * mean, 1e-9)
    let unexplained = max(spread - explained, spread * 1e-6)
    noise = unexplained / total
    evidence = -0.5 * (logDeterminant + total * log(unexplained))
    profile = product(u, .plain, design.basis, .transposed).elements.map { $0 + mean }
  }

  private var logDeterminant: Double {
    design.eigenvalues.reduce(0) { $0 + log1p($1 / ridge) }
  }

  /// The effective number of coefficients.
  var freedom: Double {
    1 + design.eigenvalues.reduce(0) { $0 + $1 / ($1 + ridge) }
  }

  /// The posterior variance of a half hour of the week.
  func variance(at half: Int) -> Double {
    noise * sum(half) { 1 / ($0 + ridge) }
  }

  /// That over the variance before any data.
  func ignorance(at half: Int) -> Double {
    sum(half) { ridge / ($0 + ridge) } / sum(half) { _ in 1 }
  }

  private func sum(_ half: Int, _ weight: (Double) -> Double) -> Double {
    design.eigenvalues.indices.reduce(0) {
      $0 + design.basis[half, $1] * design.basis[half, $1] * weight(design.eigenvalues[$1])
    }
  }

  /// Fits the days of a series by all of some designs and by every λ.
  ///
  /// - Returns: the likeliest, the first design having a head start of 2 nats, and by how many nats
  ///   it is.
  static func best(_ roots: [[Double]], _ weights: WeekWeights, _ designs: [WeekDesign])
    -> (best: SlowRegression, margin: Double)
  {
    var (z, q) = ([Double](repeating: 0, count: 336), 0.0)
    for (index, day) in weights.days.enumerated() {
      let weight = weights.perDay[index].weight
      for (bin, root) in roots[index].enumerated() {
        z[Minute.weekday(ofDay: day) * 48 + bin] += weight * root
        q += weight * root * root
      }
    }
    let found = designs.enumerated().flatMap { index, design in
      ProfileFit.ridges.map { ridge in
        let fit = SlowRegression(design, ridge: ridge, z, q)
        return (fit, fit.evidence + (index == 0 ? 2 : 0))
      }
    }.sorted { $0.1 > $1.1 }
    return (found[0].0, found[0].1 - found[1].1)
  }
}
