// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The design matrix that every series shares, and its Gram matrix, factored once.
///
/// A week's profile on the root scale is f = Φ b over its 336 half hours. The columns of Φ, in the
/// order of pooling:
///
/// | columns | shape | prior deviation |
/// |---|---|---|
/// | 24 | hour of day, every day alike: a tent an hour wide on either side | 1 |
/// | 48 | half hour of day, every day alike | 0.3 |
/// | 48 | hour of day for working days, and for the weekend | 0.5 |
/// | 14 | working day or weekend as a whole; each weekday as a whole | 0.5; 0.25 |
/// | 84 | two hours of one weekday | 0.2 |
/// | 8 | quarters of the days at which weekends begin and end in other time zones | 0.5 |
///
/// so that a weekday's own hours are pooled towards working days or weekend, and those towards all
/// days. Columns are scaled by their prior deviation, so the prior of b is that of independent
/// normals of one variance, and a ridge of λ = noise variance / signal variance is the posterior
/// mean. With n the weight of each half hour and Φᵀ diag(n) Φ = Q Λ Qᵀ, the ridge for *every* λ is
/// f = Φ Q (Λ + λ)⁻¹ Qᵀ Φᵀ z, z the weighted sums of the data: one factoring serves all series,
/// each with a λ of its own.
///
/// Coarse columns are sums of fine ones, so Φ enters with its independent columns only.
struct WeekDesign: Sendable {
  /// Φ Q: half hours × coefficients.
  let basis: Matrix
  /// Λ, at least 0.
  let eigenvalues: [Double]
  /// n: the weight of each half hour of the week.
  let weights: [Double]

  /// Factors the Gram matrix for the weights that the half hours of a week have; `nil` if LAPACK
  /// fails.
  init?(weights: [Double]) {
    guard let columns = Self.independentColumns else { return nil }
    var weighted = columns
    weighted.scaleRows(by: weights)
    guard let eigen = SymmetricEigen(product(columns, .transposed, weighted)) else { return nil }
    basis = product(columns, .plain, eigen.vectors, .transposed)
    eigenvalues = eigen.values.map { max(0, $0) }
    self.weights = weights
  }

  /// Φ with as many columns as it has independent ones, 151 of 221.
  ///
  /// It is Φ V, V the eigenvectors of Φᵀ Φ whose values are not 0. The prior of the profile, whose covariance is Φ Φᵀ, stays what it is.
  private static let independentColumns: Matrix? = {
    guard let eigen = SymmetricEigen(product(columns, .transposed, columns)) else { return nil }
    let largest = eigen.values.last ?? 0
    let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-9 * largest }
    var vectors = Matrix(rowCount: kept.count, columnCount: columns.columnCount)
    for (row, source) in kept.enumerated() {
      for column in 0..<columns.columnCount { vectors[row, column] = eigen.vectors[source, column] }
    }
    return product(columns, .plain, vectors, .transposed)
  }()

  /// Φ, its columns scaled by their prior deviations.
  static let columns: Matrix = {
    var columns: [[Double]] = []
    func add(_ deviation: Double, _ value: (_ weekday: Int, _ bin: Int) -> Double) {
      columns.append(
        (0..<HalfHours.perWeek).map {
          deviation * value($0 / HalfHours.perDay, $0 % HalfHours.perDay)
        })
    }
    let isWeekend = { (weekday: Int) in weekday >= 5 }
    for hour in 0..<24 { add(1) { _, bin in tent(bin, knot: hour, width: 2) } }
    for half in 0..<HalfHours.perDay { add(0.3) { _, bin in bin == half ? 1 : 0 } }
    for weekend in [false, true] {
      add(0.5) { weekday, _ in isWeekend(weekday) == weekend ? 1 : 0 }
      for hour in 0..<24 {
        add(0.5) { weekday, bin in
          isWeekend(weekday) == weekend ? tent(bin, knot: hour, width: 2) : 0
        }
      }
    }
    for day in 0..<7 {
      add(0.25) { weekday, _ in weekday == day ? 1 : 0 }
      for knot in 0..<12 {
        add(0.2) { weekday, bin in weekday == day ? tent(bin, knot: knot, width: 4) : 0 }
      }
    }
    for (day, quarter) in [(0, 0), (0, 1), (4, 2), (4, 3), (5, 0), (5, 1), (6, 2), (6, 3)] {
      add(0.5) { weekday, bin in weekday == day && bin / 12 == quarter ? 1 : 0 }
    }
    var matrix = Matrix(rowCount: HalfHours.perWeek, columnCount: columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { matrix[row, column] = value }
    }
    return matrix
  }()

  /// A tent around the middle of its span, `width` half hours down to 0 on either side, on the
  /// circle of a day.
  private static func tent(_ bin: Int, knot: Int, width: Int) -> Double {
    let middle = Double(knot * width) + Double(width - 1) / 2
    let apart = abs(Double(bin) - middle)
    let circular = min(apart, Double(HalfHours.perDay) - apart)
    return max(0, 1 - circular / Double(width))
  }
}
