// SPDX-License-Identifier: Apache-2.0

/// A dense matrix of doubles, row after row.
///
///     elements: [ row 0 … ][ row 1 … ] …      element (i, j) at i * columnCount + j
public struct Matrix: Sendable, Equatable {
  /// Rows.
  public let rowCount: Int
  /// Columns.
  public let columnCount: Int
  /// All elements, row after row: `rowCount * columnCount` of them.
  public var elements: [Double]

  /// Creates a matrix of one value.
  public init(rowCount: Int, columnCount: Int, repeating value: Double = 0) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    elements = Array(repeating: value, count: rowCount * columnCount)
  }

  /// The element in a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// The mirror image: element (i, j) is this matrix's (j, i).
  public var transposed: Matrix {
    var result = Matrix(rowCount: columnCount, columnCount: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { result[column, row] = self[row, column] }
    }
    return result
  }

  /// Multiplies every row by a factor of its own.
  ///
  /// - Precondition: there is one factor a row.
  public mutating func scaleRows(by factors: [Double]) {
    precondition(factors.count == rowCount, "one factor a row")
    for row in 0..<rowCount {
      for column in 0..<columnCount { self[row, column] *= factors[row] }
    }
  }
}
