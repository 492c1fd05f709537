// SPDX-License-Identifier: Apache-2.0

/// Where a series can be at all, by where it has been.
///
/// A series that was never negative stays so, and one that came within 5 of 100 and never passed
/// it is taken for a percentage.
public struct ValueBounds: Sendable {
  private var least = Double.infinity
  private var largest = -Double.infinity

  /// Creates bounds that know nothing.
  public init() {}

  /// Returns the value moved between the bounds.
  public func clamp(_ value: Double) -> Double {
    let floor = least >= 0 && least.isFinite ? 0 : -Double.infinity
    let ceiling = floor == 0 && (95...100).contains(largest) ? 100 : Double.infinity
    return min(max(value, floor), ceiling)
  }

  /// Takes in a value.
  public mutating func add(_ value: Double) {
    least = min(least, value)
    largest = max(largest, value)
  }
}
