// SPDX-License-Identifier: Apache-2.0

/// How many windows have p-values below 10⁻³, 10⁻⁴ and 10⁻⁵, of how many.
///
/// A count is a whole number, so its p-value P(X ≥ k) jumps, and is below α less often than in α of
/// all cases even where the law is right. So the randomised p-value P(X > k) + U P(X = k) is
/// counted, with U between 0 and 1: not drawn, but by the chance that it is below α, which is
/// (α − P(X > k)) / P(X = k) between 0 and 1. Where the law is right, its mean is α.
struct TailShares {
  static let levels = [1e-3, 1e-4, 1e-5]

  private(set) var windows = 0
  private(set) var below = [Double](repeating: 0, count: levels.count)

  /// Adds a window by P(X ≥ k) and P(X > k).
  mutating func add(atLeast: Double, moreThan: Double) {
    windows += 1
    for (index, level) in Self.levels.enumerated() where moreThan < level {
      let mass = atLeast - moreThan
      below[index] += mass > 0 ? min(1, max(0, (level - moreThan) / mass)) : 1
    }
  }

  /// Adds a window that is far from any level.
  mutating func addUsual() { windows += 1 }

  mutating func merge(_ other: TailShares) {
    windows += other.windows
    for index in below.indices { below[index] += other.below[index] }
  }

  /// The shares, in multiples of what they should be.
  var ratios: [Double] {
    zip(below, Self.levels).map { $0 / Double(max(1, windows)) / $1 }
  }
}
