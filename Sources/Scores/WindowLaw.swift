// SPDX-License-Identifier: Apache-2.0

/// The law that the counts of a series follow, for who knows it: of a synthetic trail, its maker.
public protocol WindowLaw: Sendable {
  /// Returns the mean and the variance of the events in some minutes, since 1970-01-01T00:00Z.
  func moments(_ minutes: Range<Int>) -> (mean: Double, variance: Double)
}
