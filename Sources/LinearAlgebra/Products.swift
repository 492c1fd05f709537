// SPDX-License-Identifier: Apache-2.0
private import COpenBLAS

/// Whether a factor of a product enters as its mirror image.
public enum Orientation: Sendable {
  /// As it is.
  case plain
  /// Rows and columns exchanged.
  case transposed
}

/// Returns the product of two matrices: one call of BLAS `dgemm`.
///
/// Entry (i, j) is the sum over k of left(i, k) · right(k, j), each factor taken in its
/// orientation. An empty inner dimension gives zeros.
///
/// - Precondition: the inner dimensions agree.
/// - Complexity: O(m·n·k).
public func product(
  _ left: Matrix, _ leftOrientation: Orientation = .plain, _ right: Matrix,
  _ rightOrientation: Orientation = .plain
) -> Matrix {
  let (rows, inner) = left.shape(leftOrientation)
  let (rightInner, columns) = right.shape(rightOrientation)
  precondition(inner == rightInner, "inner dimensions must agree")
  var result = Matrix(rowCount: rows, columnCount: columns)
  guard rows > 0, columns > 0, inner > 0 else { return result }
  unsafe cblas_dgemm(
    CblasRowMajor, leftOrientation.blas, rightOrientation.blas, Int32(rows), Int32(columns),
    Int32(inner), 1, left.elements, Int32(left.columnCount), right.elements,
    Int32(right.columnCount), 0, &result.elements, Int32(columns))
  return result
}

/// Returns the product of two matrices as they are.
public func product(_ left: Matrix, _ right: Matrix) -> Matrix {
  product(left, .plain, right, .plain)
}

/// Sets how many threads BLAS may use in this process.
///
/// Why: the engine's own workers share the cores, and one thread adds in one order, so that the
/// same numbers come out on every machine of one kind.
public func setBLASThreadCount(_ count: Int) {
  openblas_set_num_threads(Int32(count))
}

extension Orientation {
  fileprivate var blas: CBLAS_TRANSPOSE { self == .plain ? CblasNoTrans : CblasTrans }
}

extension Matrix {
  fileprivate func shape(_ orientation: Orientation) -> (rows: Int, columns: Int) {
    orientation == .plain ? (rowCount, columnCount) : (columnCount, rowCount)
  }
}
