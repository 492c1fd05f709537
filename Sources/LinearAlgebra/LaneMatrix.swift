// SPDX-License-Identifier: Apache-2.0
private import COpenBLAS

/// A dense matrix of doubles whose rows are whole vectors of eight, so that loops over a row need no
/// look at single elements.
///
///     vectors: [ row 0 … ][ row 1 … ] …      columns beyond those asked for are 0
public struct LaneMatrix: Sendable {
  /// Eight neighbouring elements of a row.
  public typealias Lanes = SIMD8<Double>

  /// Rows.
  public let rowCount: Int
  /// Vectors in a row: an eighth of the columns.
  public let vectorsPerRow: Int
  /// All elements, row after row: `rowCount * vectorsPerRow` vectors.
  public var vectors: [Lanes]

  /// Creates a matrix of zeros with at least so many columns.
  public init(rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    vectorsPerRow = (columnCount + 7) / 8
    vectors = Array(repeating: Lanes(), count: rowCount * vectorsPerRow)
  }

  /// Copies a matrix.
  public init(_ matrix: Matrix) {
    self.init(rowCount: matrix.rowCount, columnCount: matrix.columnCount)
    for row in 0..<rowCount {
      for column in 0..<matrix.columnCount { self[row, column] = matrix[row, column] }
    }
  }

  /// Columns, with those that were added to fill the last vector of a row.
  public var columnCount: Int { 8 * vectorsPerRow }

  /// The element in a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { vectors[row * vectorsPerRow + column / 8][column % 8] }
    set { vectors[row * vectorsPerRow + column / 8][column % 8] = newValue }
  }
}

/// Writes the product of the first rows of a matrix and another matrix, in place of what was there:
/// one call of BLAS `dgemm`, and no allocation.
///
/// - Parameters:
///   - left: of which only the first `rows` rows are read.
///   - right: taken in its orientation.
///   - result: of which only the first `rows` rows are written.
///   - rows: at most those of `left` and `result`.
/// - Precondition: the inner dimensions, and the columns, agree.
/// - Complexity: O(m·n·k).
public func multiply(
  _ left: LaneMatrix, by right: (matrix: LaneMatrix, orientation: Orientation),
  into result: inout LaneMatrix, rows: Int
) {
  let isPlain = right.orientation == .plain
  let inner = isPlain ? right.matrix.rowCount : right.matrix.columnCount
  let columns = isPlain ? right.matrix.columnCount : right.matrix.rowCount
  precondition(rows <= left.rowCount && rows <= result.rowCount, "there must be so many rows")
  precondition(
    left.columnCount == inner && result.columnCount == columns, "inner dimensions must agree")
  guard rows > 0, inner > 0, columns > 0 else { return }
  unsafe left.vectors.withUnsafeBytes { left in
    unsafe right.matrix.vectors.withUnsafeBytes { factor in
      unsafe result.vectors.withUnsafeMutableBytes { result in
        unsafe cblas_dgemm(
          CblasRowMajor, CblasNoTrans, isPlain ? CblasNoTrans : CblasTrans, Int32(rows),
          Int32(columns), Int32(inner), 1, left.assumingMemoryBound(to: Double.self).baseAddress,
          Int32(inner), factor.assumingMemoryBound(to: Double.self).baseAddress,
          Int32(right.matrix.columnCount), 0,
          result.assumingMemoryBound(to: Double.self).baseAddress, Int32(columns))
      }
    }
  }
}
