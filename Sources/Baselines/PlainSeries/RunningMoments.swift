// SPDX-License-Identifier: Apache-2.0

/// Mean and variance of a series so far; beyond `memory` values, older ones fade exponentially.
public struct RunningMoments: Sendable {
  private let memory: Double
  private var count = 0.0

  /// The mean; 0 before the first value.
  public private(set) var mean = 0.0
  /// The variance about the mean.
  public private(set) var variance = 0.0

  /// Creates moments that remember so many values.
  public init(memory: Double) {
    self.memory = memory
  }

  /// The root of the variance, and at least a ten-thousandth of the mean.
  ///
  /// Why: a constant series has no spread, and its first change in the tenth digit is no event.
  public var deviation: Double { max(variance.squareRoot(), abs(mean) * 1e-4, 1e-12) }

  /// Takes in a value, by West's update with the weight max(1/n, 1/memory).
  public mutating func add(_ value: Double) {
    count = min(count + 1, memory)
    let weight = 1 / count
    let error = value - mean
    mean += weight * error
    variance += weight * (error * error * (1 - weight) - variance)
  }
}

/// The root of the mean square of errors so far; beyond `memory` errors, older ones fade.
public struct RunningSpread: Sendable {
  private let memory: Double
  private var count = 0.0
  private var meanSquare = 0.0

  /// Creates a spread that remembers so many errors.
  public init(memory: Double) {
    self.memory = memory
  }

  /// Returns an error in spreads, which are `least` at least; 0 before ten errors are known.
  public func share(of error: Double, least: Double) -> Double {
    count < 10 ? 0 : abs(error) / root(least: least)
  }

  /// Returns the spread, or the least that is believed.
  public func root(least: Double) -> Double { max(meanSquare.squareRoot(), least) }

  /// Takes in an error.
  public mutating func add(_ error: Double) {
    count = min(count + 1, memory)
    meanSquare += (error * error - meanSquare) / count
  }
}
