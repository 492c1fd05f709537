// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The days of a block of series as a fit takes them: weighted sums by half hour of the week.
///
/// All are taken around the mean of each series, lest the squares of large numbers cancel.
struct WeekSums {
  /// z = Σ w y, series × 336.
  var sums: LaneMatrix
  /// q = Σ w y².
  var squares: [Float]
  /// What y is taken around.
  var origins: [Float]

  /// Makes room for so many series.
  init(rowCount: Int) {
    sums = LaneMatrix(rowCount: rowCount, columnCount: HalfHours.perWeek)
    squares = Array(repeating: 0, count: rowCount)
    origins = Array(repeating: 0, count: rowCount)
  }

  /// Adds up the days of a row of a block.
  ///
  /// - Parameters:
  ///   - history: the block.
  ///   - row: the row.
  ///   - place: the row of the sums.
  ///   - value: what a root of some half hours of the week enters as; behind it, the bits of what is
  ///     missing among them.
  @inline(__always)
  mutating func set(
    _ history: HistoryBlock, row: Int, place: Int,
    _ value: (_ root: Octet, _ octetOfWeek: Int, _ missing: UInt64) -> Octet
  ) {
    let first = place * HalfHours.octetsPerWeek
    let origin = history.means[row]
    let (perDay, roots) = (history.weights.perDay, history.roots.span)
    var index = history.start(row, 0)
    var span = sums.vectors.mutableSpan
    for octet in 0..<HalfHours.octetsPerWeek { span[first + octet] = Octet() }
    var square = Octet()
    for (day, (weight, weekday)) in perDay.enumerated() {
      let missing = history.missing(row, day)
      let weight = Float(weight)
      for octet in 0..<HalfHours.octetsPerDay {
        let bits = missing >> UInt64(8 * octet) & 0xFF
        let value = value(roots[index], weekday + octet, bits) - origin
        let weighted = weight * value
        span[first + weekday + octet] += weighted
        square += weighted * value
        index += 1
      }
    }
    squares[place] = Float(square.total)
    origins[place] = origin
  }
}
