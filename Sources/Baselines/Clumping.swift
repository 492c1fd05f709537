// SPDX-License-Identifier: Apache-2.0

/// What is known of α, the part of the variance of a window that clumps add to the mean: a gamma law.
///
/// α is a mean of what events have shown, so the more events, the narrower the law.
public struct Clumping: Sendable {
  /// Its mean, which the variance of a window is made with.
  public let mean: Double
  /// The shape: the inverse of its squared relative deviation.
  public let shape: Double

  /// Creates a law by its mean and its shape.
  public init(mean: Double, shape: Double) {
    self.mean = mean
    self.shape = shape
  }
}

extension Baseline {
  /// Events of other series that α begins with, as `SpreadParameters.ownEvents` says by default.
  private static let priorEvents = 1.5
  /// Shape of the law of α of which nothing is known.
  private static let leastShape = 0.5

  /// Returns what is known of α in windows of a length.
  public func clumping(window: Int) -> Clumping {
    let alpha = max(spreads[window].alpha, 1e-3)
    return Clumping(
      mean: alpha, shape: max(Self.leastShape, alpha * (Self.priorEvents + 2 * (evidence - 0.5))))
  }
}
