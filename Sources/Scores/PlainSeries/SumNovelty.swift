// SPDX-License-Identifier: Apache-2.0

/// How new a value is, alone and in the sums of the last 3, 9 and 27 rows with it.
///
/// Why sums: a storm that comes often is told from one that lasts by its sum, and a slow departure is
/// new as a sum long before any of its rows is.
struct SumNovelty: Sendable {
  private static let lengths = [1, 3, 9, 27]

  private var novelties = lengths.map { _ in Novelty() }
  /// A ring of the last values, from `newest` on the older ones; rows before the first were 0.
  private var ring = [Double](repeating: 0, count: 27)
  private var newest = 0

  /// Returns the mean over the lengths of −log₁₀ of the chance of a sum as new, and keeps the value.
  mutating func surprise(_ value: Double) -> Double {
    newest = (newest + ring.count - 1) % ring.count
    ring[newest] = value
    var (total, sum, rows) = (0.0, 0.0, 0)
    for (index, length) in Self.lengths.enumerated() {
      // Added anew each time: a running sum would keep the rounding of every row that left.
      while rows < length {
        sum += ring[(newest + rows) % ring.count]
        rows += 1
      }
      total += novelties[index].surprise(sum)
    }
    return total / Double(Self.lengths.count)
  }
}
