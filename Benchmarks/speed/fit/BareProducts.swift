// SPDX-License-Identifier: Apache-2.0
import Baselines
import LinearAlgebra

/// The matrix products and factorings of a daily fit, and nothing else.
///
/// In the first round all weekends are tried, in the second each series has one; in both, every λ is
/// tried and one profile predicted. The series of a block may take different weekends, so that the
/// fit's second round goes in several smaller products; here it goes in one.
struct BareProducts {
  /// Weekends tried in the first round.
  let weekends: Int

  /// Coefficients of a weekend.
  let coefficients = FitShape.coefficients

  /// Factors the designs, and multiplies as often as so many series need it.
  func run(series: Int) {
    FitShape.factorDesigns(weekends)
    let block = FitShape.block
    let basis = matrix(FitShape.halfHours, coefficients)
    let bases = LaneMatrix(sideBySide: Array(repeating: basis, count: weekends))
    let inverses = matrix(basis.columnCount, FitShape.trials)
    let sums = matrix(block, FitShape.halfHours)
    var candidates = LaneMatrix(rowCount: block, columnCount: bases.columnCount)
    var fitted = LaneMatrix(rowCount: block, columnCount: coefficients)
    var explained = LaneMatrix(rowCount: block, columnCount: FitShape.trials)
    var profiles = LaneMatrix(rowCount: block, columnCount: FitShape.halfHours)
    for start in stride(from: 0, to: series, by: block) {
      let rows = 0..<min(block, series - start)
      multiply(sums, by: (bases, .plain), into: &candidates, rows: rows)
      for _ in 0..<weekends {
        multiply(fitted, by: (inverses, .plain), into: &explained, rows: rows)
      }
      multiply(fitted, by: (basis, .transposed), into: &profiles, rows: rows)
      multiply(sums, by: (basis, .plain), into: &fitted, rows: rows)
      multiply(fitted, by: (inverses, .plain), into: &explained, rows: rows)
      multiply(fitted, by: (basis, .transposed), into: &profiles, rows: rows)
    }
  }

  private func matrix(_ rows: Int, _ columns: Int) -> LaneMatrix {
    LaneMatrix(Matrix(rowCount: rows, columnCount: columns, repeating: 0.5))
  }
}
