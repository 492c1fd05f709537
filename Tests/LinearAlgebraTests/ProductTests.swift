// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import TestSupport
import Testing

@Suite("Products of matrices")
struct ProductTests {
  /// The slow twin: three loops.
  private func naive(_ left: Matrix, _ right: Matrix) -> Matrix {
    var result = Matrix(rowCount: left.rowCount, columnCount: right.columnCount)
    for i in 0..<left.rowCount {
      for j in 0..<right.columnCount {
        for k in 0..<left.columnCount { result[i, j] += left[i, k] * right[k, j] }
      }
    }
    return result
  }

  private func random(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
    var matrix = Matrix(rowCount: rows, columnCount: columns)
    for index in matrix.elements.indices {
      matrix.elements[index] = Double.random(in: -1...1, using: &generator)
    }
    return matrix
  }

  @Test("agree with three loops in every orientation", arguments: [1, 2, 7, 33])
  func agreesWithLoops(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let left = random(size, size + 3, &generator)
    let right = random(size + 3, size + 1, &generator)
    let expected = naive(left, right)
    for result in [
      product(left, right), product(left.transposed, .transposed, right),
      product(left, .plain, right.transposed, .transposed),
      product(left.transposed, .transposed, right.transposed, .transposed),
    ] {
      #expect(result.rowCount == size)
      #expect(result.columnCount == size + 1)
      for (value, twin) in zip(result.elements, expected.elements) {
        #expect(abs(value - twin) < 1e-12)
      }
    }
  }

  @Test("an empty inner dimension gives zeros")
  func emptyInner() {
    let result = product(
      Matrix(rowCount: 2, columnCount: 0), Matrix(rowCount: 0, columnCount: 3))
    #expect(result == Matrix(rowCount: 2, columnCount: 3))
  }

  @Test("inner dimensions that disagree are refused")
  func disagreeing() async {
    await #expect(processExitsWith: .failure) {
      _ = product(Matrix(rowCount: 2, columnCount: 2), Matrix(rowCount: 3, columnCount: 2))
    }
  }
}

@Suite("Eigendecomposition")
struct SymmetricEigenTests {
  @Test("gives the matrix back, with orthonormal vectors")
  func reconstructs() throws {
    var generator = SeededGenerator(seed: 5)
    let size = 12
    var matrix = Matrix(rowCount: size, columnCount: size)
    for i in 0..<size {
      for j in i..<size {
        matrix[i, j] = Double.random(in: -1...1, using: &generator)
        matrix[j, i] = matrix[i, j]
      }
    }
    let eigen = try #require(SymmetricEigen(matrix))
    var scaled = eigen.vectors
    scaled.scaleRows(by: eigen.values)
    let back = product(eigen.vectors, .transposed, scaled)
    for (value, twin) in zip(back.elements, matrix.elements) { #expect(abs(value - twin) < 1e-12) }
    let unit = product(eigen.vectors, .plain, eigen.vectors, .transposed)
    for i in 0..<size {
      for j in 0..<size { #expect(abs(unit[i, j] - (i == j ? 1 : 0)) < 1e-12) }
    }
    #expect(eigen.values == eigen.values.sorted())
  }

  @Test("known values: [[2, 1], [1, 2]] has 1 and 3")
  func known() throws {
    var matrix = Matrix(rowCount: 2, columnCount: 2, repeating: 1)
    matrix[0, 0] = 2
    matrix[1, 1] = 2
    let eigen = try #require(SymmetricEigen(matrix))
    #expect(abs(eigen.values[0] - 1) < 1e-14)
    #expect(abs(eigen.values[1] - 3) < 1e-14)
  }

  @Test("no numbers, no decomposition")
  func notANumber() {
    #expect(SymmetricEigen(Matrix(rowCount: 2, columnCount: 2, repeating: .nan)) == nil)
  }
}
