// SPDX-License-Identifier: Apache-2.0
private import COpenBLAS

/// A dense matrix in single precision whose rows are whole vectors of eight, so that loops over a
/// row need no look at single elements.
///
///     vectors: [ row 0 … ][ row 1 … ] …      columns beyond those asked for are 0
public struct LaneMatrix: Sendable {
  /// Eight neighbouring elements of a row.
  public typealias Lanes = SIMD8<Float>

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

  /// Rounds a matrix, and adds columns of zeros up to at least so many.
  public init(_ matrix: Matrix, columnCount: Int = 0) {
    self.init(rowCount: matrix.rowCount, columnCount: max(matrix.columnCount, columnCount))
    for row in 0..<rowCount {
      for column in 0..<matrix.columnCount { self[row, column] = Float(matrix[row, column]) }
    }
  }

  /// Puts matrices of as many rows side by side.
  ///
  /// - Precondition: all have as many rows as the first.
  public init(sideBySide parts: [LaneMatrix]) {
    let columns = parts.reduce(0) { $0 + $1.columnCount }
    self.init(rowCount: parts.first?.rowCount ?? 0, columnCount: columns)
    var first = 0
    for part in parts {
      precondition(part.rowCount == rowCount, "there must be as many rows")
      for row in 0..<rowCount {
        for vector in 0..<part.vectorsPerRow {
          vectors[row * vectorsPerRow + first + vector] =
            part.vectors[row * part.vectorsPerRow + vector]
        }
      }
      first += part.vectorsPerRow
    }
  }

  /// Columns, with those that were added to fill the last vector of a row.
  public var columnCount: Int { 8 * vectorsPerRow }

  /// The element in a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Float {
    get { vectors[row * vectorsPerRow + column / 8][column % 8] }
    set { vectors[row * vectorsPerRow + column / 8][column % 8] = newValue }
  }
}

/// Writes the product of some rows of a matrix and another matrix into the same rows of a third, in
/// place of what was there: one call of BLAS `sgemm`, and no allocation.
///
/// - Parameters:
///   - left: of which only `rows` are read.
///   - right: taken in its orientation.
///   - result: of which only `rows` are written.
///   - rows: rows of both `left` and `result`.
/// - Precondition: the inner dimensions, and the columns, agree.
/// - Complexity: O(m·n·k).
public func multiply(
  _ left: LaneMatrix, by right: (matrix: LaneMatrix, orientation: Orientation),
  into result: inout LaneMatrix, rows: Range<Int>
) {
  let isPlain = right.orientation == .plain
  let inner = isPlain ? right.matrix.rowCount : right.matrix.columnCount
  let columns = isPlain ? right.matrix.columnCount : right.matrix.rowCount
  precondition(rows.lowerBound >= 0, "rows are counted from 0")
  precondition(
    rows.upperBound <= left.rowCount && rows.upperBound <= result.rowCount,
    "there must be so many rows")
  precondition(
    left.columnCount == inner && result.columnCount == columns, "inner dimensions must agree")
  guard !rows.isEmpty, inner > 0, columns > 0 else { return }
  unsafe left.vectors.withUnsafeBytes { left in
    unsafe right.matrix.vectors.withUnsafeBytes { factor in
      unsafe result.vectors.withUnsafeMutableBytes { result in
        let size = MemoryLayout<Float>.size
        unsafe cblas_sgemm(
          CblasRowMajor, CblasNoTrans, isPlain ? CblasNoTrans : CblasTrans, Int32(rows.count),
          Int32(columns), Int32(inner), 1,
          left.baseAddress.map {
            unsafe ($0 + rows.lowerBound * inner * size).assumingMemoryBound(to: Float.self)
          }, Int32(inner), factor.assumingMemoryBound(to: Float.self).baseAddress,
          Int32(right.matrix.columnCount), 0,
          result.baseAddress.map {
            unsafe ($0 + rows.lowerBound * columns * size).assumingMemoryBound(to: Float.self)
          }, Int32(columns))
      }
    }
  }
}
