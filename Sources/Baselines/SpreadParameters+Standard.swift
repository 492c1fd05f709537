// SPDX-License-Identifier: Apache-2.0

extension SpreadParameters {
  /// Those of `Models/default.json`: the longer the window, the more clumps add and the less the
  /// rate wanders.
  public static let standard = SpreadParameters(
    clumping: windowLengths.indices.map {
      Array(repeating: Double(3 + 2 * $0) / 10, count: meanClasses)
    },
    wandering: [0.25, 0.12, 0.08, 0.05, 0.03])
}
