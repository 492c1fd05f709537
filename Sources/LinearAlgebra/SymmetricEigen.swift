// SPDX-License-Identifier: Apache-2.0
private import COpenBLAS

/// The eigendecomposition of a symmetric matrix: A = Q Λ Qᵀ, by LAPACK `dsyevd`.
public struct SymmetricEigen: Sendable {
  /// Ascending.
  public let values: [Double]
  /// Orthonormal; row k is the eigenvector of value k (Qᵀ).
  public let vectors: Matrix

  /// Decomposes a symmetric matrix; `nil` if LAPACK does not converge or an entry is no number.
  ///
  /// Only the upper triangle is read.
  ///
  /// - Precondition: the matrix is square.
  /// - Complexity: O(n³).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rowCount == matrix.columnCount, "the matrix must be square")
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    var order = Int32(matrix.rowCount)
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rowCount)
    guard order > 0 else { return nil }
    var workSize = 1 + 6 * order + 2 * order * order
    var integerWorkSize = 3 + 5 * order
    var work = [Double](repeating: 0, count: Int(workSize))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    var status: Int32 = 0
    // LAPACK counts in columns: what it takes for the lower triangle is our upper one, and the
    // columns it writes are our rows.
    unsafe dsyevd_(
      "V", "L", &order, &vectors.elements, &order, &values, &work, &workSize, &integerWork,
      &integerWorkSize, &status)
    guard status == 0 else { return nil }
    self.values = values
    self.vectors = vectors
  }
}
