// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import TestSupport
import Testing

@testable import Baselines

@Suite("The week's profile")
struct ProfileFitTests {
  /// The slow twin: solves (Φᵀ N Φ + λ) b = Φᵀ z by Gaussian elimination for one series.
  private func naiveRidge(_ columns: Matrix, weights: [Double], sums: [Double], ridge: Double)
    -> [Double]
  {
    let size = columns.columnCount
    var a = Array(repeating: Array(repeating: 0.0, count: size + 1), count: size)
    for i in 0..<size {
      for row in 0..<columns.rowCount {
        for j in 0..<size { a[i][j] += columns[row, i] * weights[row] * columns[row, j] }
        a[i][size] += columns[row, i] * sums[row]
      }
      a[i][i] += ridge
    }
    for pivot in 0..<size {
      for row in pivot + 1..<size {
        let factor = a[row][pivot] / a[pivot][pivot]
        guard factor != 0 else { continue }
        for column in pivot...size { a[row][column] -= factor * a[pivot][column] }
      }
    }
    var b = Array(repeating: 0.0, count: size)
    for row in (0..<size).reversed() {
      var rest = a[row][size]
      for column in row + 1..<size { rest -= a[row][column] * b[column] }
      b[row] = rest / a[row][row]
    }
    return (0..<columns.rowCount).map { row in
      (0..<size).reduce(0) { $0 + columns[row, $1] * b[$1] }
    }
  }

  @Test("factored once, it equals a ridge regression solved on its own, for every λ")
  func agreesWithRidge() throws {
    var generator = SeededGenerator(seed: 3)
    let weights = (0..<HalfHours.perWeek).map { _ in Double.random(in: 0...4, using: &generator) }
    let sums = weights.map { $0 * Double.random(in: -1...1, using: &generator) }
    let design = try #require(WeekDesign(weights: weights))
    for ridge in [0.5, 32] {
      let twin = naiveRidge(WeekDesign.columns, weights: weights, sums: sums, ridge: ridge)
      var z = Matrix(rowCount: 1, columnCount: HalfHours.perWeek)
      z.elements = sums
      var coefficients = product(z, design.basis)
      for (index, eigenvalue) in design.eigenvalues.enumerated() {
        coefficients.elements[index] /= eigenvalue + ridge
      }
      let fast = product(coefficients, .plain, design.basis, .transposed)
      for (value, expected) in zip(fast.elements, twin) { #expect(abs(value - expected) < 1e-8) }
    }
  }

  @Test("noise is taken for a flat line, and a strong profile is followed")
  func shrinks() throws {
    var generator = SeededGenerator(seed: 8)
    let weights = Array(repeating: 4.0, count: HalfHours.perWeek)
    let fit = ProfileFit(design: try #require(WeekDesign(weights: weights)), weekday: 0)
    var sums = Matrix(rowCount: 2, columnCount: HalfHours.perWeek)
    var squares = [0.0, 0.0]
    for half in 0..<HalfHours.perWeek {
      let isDay = (16..<36).contains(half % HalfHours.perDay) && half / HalfHours.perDay < 5
      for _ in 0..<4 {
        for (row, mean) in [2.0, isDay ? 6.0 : 1.0].enumerated() {
          let value = mean + Double.random(in: -0.8...0.8, using: &generator)
          sums[row, half] += value
          squares[row] += value * value
        }
      }
    }
    let profiles = fit.profiles(sums: sums, squares: squares).fitted
    for half in 0..<HalfHours.perWeek {
      #expect(abs(profiles[0, half] - 2) < 0.25)
      let isDay = (18..<34).contains(half % HalfHours.perDay) && half / HalfHours.perDay < 5
      let isNight = (0..<12).contains(half % HalfHours.perDay)
      if isDay { #expect(abs(profiles[1, half] - 6) < 0.7) }
      if isNight { #expect(abs(profiles[1, half] - 1) < 0.7) }
    }
  }

  @Test("posterior variances equal σ² φᵀ (Φᵀ N Φ + λ)⁻¹ φ, and an unseen weekday is all ignorance")
  func posteriorVariance() throws {
    var generator = SeededGenerator(seed: 21)
    // Monday to Saturday were seen once; it is Sunday.
    let weights = (0..<HalfHours.perWeek).map { $0 < 6 * HalfHours.perDay ? 1.0 : 0.0 }
    let design = try #require(WeekDesign(weights: weights))
    var sums = Matrix(rowCount: 1, columnCount: HalfHours.perWeek)
    var square = 0.0
    for half in 0..<6 * HalfHours.perDay {
      let value = (half % 48 > 20 ? 4.0 : 1.0) + Double.random(in: -1...1, using: &generator)
      sums[0, half] = value
      square += value * value
    }
    let sunday = ProfileFit(design: design, weekday: 6).profiles(sums: sums, squares: [square])
    let monday = ProfileFit(design: design, weekday: 0).profiles(sums: sums, squares: [square])
    // φᵀ (…)⁻¹ φ is the response at a half hour to one unit there: a ridge fit of Φᵀ z = φ.
    let profile = monday.profile(0)
    for bin in [0, 13, 40] {
      var unit = Array(repeating: 0.0, count: HalfHours.perWeek)
      unit[bin] = 1
      let ridge = monday.shrinkage(0).ridge
      let response = naiveRidge(WeekDesign.columns, weights: weights, sums: unit, ridge: ridge)
      let expected = profile.noise * response[bin]
      let variance = profile.variances[profile.variances.startIndex + bin]
      #expect(abs(variance - expected) < 1e-8 * max(1, expected))
    }
    let mean = { (profile: SeriesProfile) in profile.ignorance.reduce(0, +) / 48 }
    #expect(mean(sunday.profile(0)) > 2 * mean(profile))
    #expect(sunday.profile(0).ignorance.allSatisfy { 0 < $0 && $0 <= 1 + 1e-9 })
  }
}
