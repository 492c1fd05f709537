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
      let twin = naiveRidge(
        WeekDesign.columns(.everywhere[0]), weights: weights, sums: sums, ridge: ridge)
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
    let design = try #require(WeekDesign(weights: weights))
    var data = WeekSums(rowCount: 2)
    for half in 0..<HalfHours.perWeek {
      let isDay = (16..<36).contains(half % HalfHours.perDay) && half / HalfHours.perDay < 5
      for _ in 0..<4 {
        for (row, mean) in [2.0, isDay ? 6.0 : 1.0].enumerated() {
          let value = mean + Double.random(in: -0.8...0.8, using: &generator)
          data.sums[row, half] += Float(value)
          data.squares[row] += Float(value * value)
        }
      }
    }
    let profiles = FittedProfiles(design, weekday: 0, data)
    for half in 0..<HalfHours.perWeek {
      let (flat, shaped) = (profiles.root(0, half), profiles.root(1, half))
      #expect(abs(flat - 2) < 0.25)
      let isDay = (18..<34).contains(half % HalfHours.perDay) && half / HalfHours.perDay < 5
      let isNight = (0..<12).contains(half % HalfHours.perDay)
      if isDay { #expect(abs(shaped - 6) < 0.7) }
      if isNight { #expect(abs(shaped - 1) < 0.7) }
    }
  }

  @Test("posterior variances equal σ² φᵀ (Φᵀ N Φ + λ)⁻¹ φ, and an unseen weekday is all ignorance")
  func posteriorVariance() throws {
    var generator = SeededGenerator(seed: 21)
    // Monday to Saturday were seen once; it is Sunday.
    let weights = (0..<HalfHours.perWeek).map { $0 < 6 * HalfHours.perDay ? 1.0 : 0.0 }
    let design = try #require(WeekDesign(weights: weights))
    var data = WeekSums(rowCount: 1)
    for half in 0..<6 * HalfHours.perDay {
      let value = (half % 48 > 20 ? 4.0 : 1.0) + Double.random(in: -1...1, using: &generator)
      data.sums[0, half] = Float(value)
      data.squares[0] += Float(value * value)
    }
    let sunday = FittedProfiles(design, weekday: 6, data).certainty(0)
    let monday = FittedProfiles(design, weekday: 0, data).certainty(0)
    // φᵀ (…)⁻¹ φ is the response at a half hour to one unit there: a ridge fit of Φᵀ z = φ.
    for bin in [0, 13, 40] {
      var unit = Array(repeating: 0.0, count: HalfHours.perWeek)
      unit[bin] = 1
      let ridge = monday.ridge
      let response = naiveRidge(
        WeekDesign.columns(.everywhere[0]), weights: weights, sums: unit, ridge: ridge)
      let expected = monday.noise * response[bin]
      let variance = Double(monday.variance(bin / 8)[bin % 8])
      #expect(abs(variance - expected) < 1e-6 * max(1, expected))
    }
    let ignorance = [sunday, monday].map { certainty in
      (0..<6).flatMap { octet in (0..<8).map { certainty.ignorance(octet)[$0] } }
    }
    #expect(ignorance[0].reduce(0, +) > 1.5 * ignorance[1].reduce(0, +))
    #expect(ignorance[0].allSatisfy { 0 < $0 && $0 <= 1 + 1e-6 })
  }
}

extension FittedProfiles {
  /// Fits series by one design.
  fileprivate init(_ design: WeekDesign, weekday: Int, _ data: WeekSums) {
    var data = data
    self.init(
      ProfileFits([design], weights: design.weights, weekday: weekday),
      rowCount: data.squares.count)
    choose(&data, rows: data.squares.count)
  }

  fileprivate func root(_ row: Int, _ half: Int) -> Double {
    var roots = [Octet](repeating: Octet(), count: HalfHours.octetsPerWeek)
    copyRoots(row, into: &roots)
    return Double(roots[half / 8][half % 8])
  }
}
