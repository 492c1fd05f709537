// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import TestSupport
import Testing

@Suite("Matrices of whole vectors")
struct LaneMatrixTests {
  private func random(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator)
    -> LaneMatrix
  {
    var matrix = Matrix(rowCount: rows, columnCount: columns)
    for index in matrix.elements.indices {
      matrix.elements[index] = Double.random(in: -1...1, using: &generator)
    }
    return LaneMatrix(matrix)
  }

  @Test("the product of some rows agrees with three loops, and other rows stay as they were")
  func multipliesRows() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let rowCount = Int.random(in: 1...40, using: &generator)
      let (inner, columns) = (
        8 * Int.random(in: 1...9, using: &generator), 8 * Int.random(in: 1...9, using: &generator)
      )
      let start = Int.random(in: 0..<rowCount, using: &generator)
      let rows = start..<Int.random(in: start...rowCount, using: &generator)
      let left = random(rowCount, inner, &generator)
      let before = random(rowCount, columns, &generator)
      for orientation in [Orientation.plain, .transposed] {
        let right =
          orientation == .plain
          ? random(inner, columns, &generator) : random(columns, inner, &generator)
        var result = before
        multiply(left, by: (right, orientation), into: &result, rows: rows)
        for row in 0..<rowCount {
          for column in 0..<columns {
            var expected = before[row, column]
            if rows.contains(row) {
              expected = (0..<inner).reduce(0) {
                $0 + left[row, $1]
                  * (orientation == .plain ? right[$1, column] : right[column, $1])
              }
            }
            #expect(abs(result[row, column] - expected) < 1e-4, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test("side by side, each part keeps its columns, filled up to whole vectors")
  func sideBySide() {
    var generator = SeededGenerator(seed: 5)
    let parts = [3, 8, 17].map { random(4, $0, &generator) }
    let whole = LaneMatrix(sideBySide: parts)
    #expect(whole.columnCount == 8 + 8 + 24)
    for (part, first) in zip(parts, [0, 8, 16]) {
      for row in 0..<4 {
        for column in 0..<part.columnCount {
          #expect(whole[row, first + column] == part[row, column])
        }
      }
    }
  }
}
