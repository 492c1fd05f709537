// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The design matrix that every series with one weekend shares, and its Gram matrix, factored once.
///
/// A week's profile on the root scale is f = Φ b over its 336 half hours. The columns of Φ, from the
/// coarse to the fine, where a tent of h hours falls to 0 h hours from its middle:
///
/// | columns | shape | prior deviation |
/// |---|---|---|
/// | 6, 12, 24 | time of day, every day alike: tents of four, two and one hours | 1; 0.7; 0.5 |
/// | 48 | half hour of day, every day alike | 0.15 |
/// | 1 | weekend against working days: 1 and −0.4 | 1 |
/// | 6, 12, 24 | the same by time of day: tents of four, two and one hours | 0.7; 0.5; 0.3 |
/// | 7 | each weekday as a whole | 0.15 |
/// | 42 | time of day on one weekday: tents of four hours | 0.1 |
///
/// so that an hour is pooled towards its neighbours, a weekday's hours towards working days or
/// weekend, and those towards all days. Columns are scaled by their prior deviation, so the prior of
/// b is that of independent normals of one variance, and a ridge of λ = noise variance / signal
/// variance is the posterior mean. With n the weight of each half hour and Φᵀ diag(n) Φ = Q Λ Qᵀ,
/// the ridge for *every* λ is f = Φ Q (Λ + λ)⁻¹ Qᵀ Φᵀ z, z the weighted sums of the data: one
/// factoring serves all series, each with a λ of its own.
///
/// Coarse columns are sums of fine ones, so Φ enters with its independent columns only.
struct WeekDesign: Sendable {
  /// Φ Q: half hours × coefficients.
  let basis: Matrix
  /// Λ, at least 0.
  let eigenvalues: [Double]
  /// n: the weight of each half hour of the week.
  let weights: [Double]
  let weekend: Weekend

  /// Factors the Gram matrix for the weights that the half hours of a week have; `nil` if LAPACK
  /// fails.
  init?(weights: [Double], weekend: Weekend = Weekend.everywhere[0]) {
    guard let place = Weekend.everywhere.firstIndex(of: weekend),
      let columns = Self.independentColumns[place]
    else { return nil }
    var weighted = columns
    weighted.scaleRows(by: weights)
    guard let eigen = SymmetricEigen(product(columns, .transposed, weighted)) else { return nil }
    basis = product(columns, .plain, eigen.vectors, .transposed)
    eigenvalues = eigen.values.map { max(0, $0) }
    self.weights = weights
    self.weekend = weekend
  }

  /// For each weekend, Φ with as many columns as it has independent ones: Φ V, V the eigenvectors
  /// of Φᵀ Φ whose values are not 0.
  ///
  /// The prior of the profile, whose covariance is Φ Φᵀ, stays what
  /// it is.
  private static let independentColumns: [Matrix?] = Weekend.everywhere.map { weekend in
    let columns = columns(weekend)
    guard let eigen = SymmetricEigen(product(columns, .transposed, columns)) else { return nil }
    let largest = eigen.values.last ?? 0
    let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-9 * largest }
    var vectors = Matrix(rowCount: kept.count, columnCount: columns.columnCount)
    for (row, source) in kept.enumerated() {
      for column in 0..<columns.columnCount { vectors[row, column] = eigen.vectors[source, column] }
    }
    return product(columns, .plain, vectors, .transposed)
  }

  /// Φ, its columns scaled by their prior deviations.
  static func columns(_ weekend: Weekend) -> Matrix {
    var columns: [[Double]] = []
    func add(_ deviation: Double, _ value: (_ weekday: Int, _ bin: Int) -> Double) {
      columns.append(
        (0..<HalfHours.perWeek).map {
          deviation * value($0 / HalfHours.perDay, $0 % HalfHours.perDay)
        })
    }
    let contrast = { (weekday: Int, bin: Int) in
      weekend.contains(weekday * HalfHours.perDay + bin) ? 1 : -0.4
    }
    let tents = [(width: 8, everyDay: 1, weekend: 0.7), (4, 0.7, 0.5), (2, 0.5, 0.3)]
    add(1, contrast)
    for (width, everyDay, weekend) in tents {
      for knot in 0..<HalfHours.perDay / width {
        add(everyDay) { tent($1, knot: knot, width: width) }
        add(weekend) { contrast($0, $1) * tent($1, knot: knot, width: width) }
      }
    }
    for half in 0..<HalfHours.perDay { add(0.15) { _, bin in bin == half ? 1 : 0 } }
    for day in 0..<7 {
      add(0.15) { weekday, _ in weekday == day ? 1 : 0 }
      for knot in 0..<6 {
        add(0.1) { weekday, bin in weekday == day ? tent(bin, knot: knot, width: 8) : 0 }
      }
    }
    return Matrix(columns: columns)
  }

  /// A tent around the middle of its span, `width` half hours down to 0 on either side, on the
  /// circle of a day.
  private static func tent(_ bin: Int, knot: Int, width: Int) -> Double {
    let middle = Double(knot * width) + Double(width - 1) / 2
    let apart = abs(Double(bin) - middle)
    let circular = min(apart, Double(HalfHours.perDay) - apart)
    return max(0, 1 - circular / Double(width))
  }
}

extension Matrix {
  /// Creates a matrix from its columns, all of one length.
  fileprivate init(columns: [[Double]]) {
    self.init(rowCount: columns.first?.count ?? 0, columnCount: columns.count)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { self[row, column] = value }
    }
  }
}
