// SPDX-License-Identifier: Apache-2.0

/// The values that a series has taken, so that a new one can be held against the nearest of them.
///
/// Values nearer to a kept one than the resolution are not kept, and when there are too many the
/// resolution is doubled, so memory and time stay bounded however long the series is.
public struct SeenValues: Sendable {
  private static let capacity = 4096
  /// The resolution at first, in deviations of the series.
  private static let finestShare = 0.002

  private var sorted: [Double] = []
  private var coarseness = 1.0

  /// Creates an empty set.
  public init() {}

  /// Returns how far a value lies from the nearest one seen; infinity when there is none.
  ///
  /// - Complexity: O(log n) in the values kept.
  public func distance(to value: Double) -> Double {
    distance(to: value, at: sorted.place(of: value))
  }

  /// Keeps a value, unless one as good as it is there.
  public mutating func insert(_ value: Double, deviation: Double) {
    let index = sorted.place(of: value)
    guard distance(to: value, at: index) > Self.finestShare * coarseness * deviation else { return }
    sorted.insert(value, at: index)
    if sorted.count > Self.capacity { thin(deviation) }
  }

  private func distance(to value: Double, at index: Int) -> Double {
    let above = index < sorted.count ? sorted[index] - value : .infinity
    let below = index > 0 ? value - sorted[index - 1] : .infinity
    return min(above, below)
  }

  private mutating func thin(_ deviation: Double) {
    coarseness *= 2
    let resolution = Self.finestShare * coarseness * deviation
    var kept: [Double] = []
    for value in sorted where value - (kept.last ?? -.infinity) > resolution { kept.append(value) }
    sorted = kept
  }
}

extension [Double] {
  /// The index of the first of ascending values that is not below one.
  ///
  /// - Complexity: O(log n).
  func place(of value: Double) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
