// SPDX-License-Identifier: Apache-2.0

/// The median of the values so far, in bounded memory.
///
/// When there are more than `limit` values, every second of the sorted ones is dropped, so that what
/// came since weighs twice as much as what was there before.
public struct RunningMedian: Sendable {
  private let limit: Int
  private var sorted: [Double] = []
  /// Whether the first of the sorted values is dropped next time, or the second.
  private var dropsFirst = false
  /// Values taken in.
  public private(set) var count = 0

  /// Creates a median of no values that keeps at most so many.
  public init(limit: Int) {
    self.limit = limit
  }

  /// The upper median of the values kept; `nil` without any.
  public var value: Double? { sorted.isEmpty ? nil : sorted[sorted.count / 2] }

  /// Takes in a value.
  ///
  /// - Complexity: O(limit).
  public mutating func add(_ value: Double) {
    sorted.insert(value, at: sorted.place(of: value))
    count += 1
    guard sorted.count > limit else { return }
    sorted = stride(from: dropsFirst ? 1 : 0, to: sorted.count, by: 2).map { sorted[$0] }
    dropsFirst.toggle()
  }
}
