// SPDX-License-Identifier: Apache-2.0

/// What is taken for the spread of a series before its own past says more: V = μ (1 + α) + β μ².
///
/// α is what clumps add, β what the rate's own wandering adds; both by window length, α by the mean
/// of the window as well. A run shrinks them towards what its own series show.
public struct SpreadParameters: Codable, Equatable, Sendable {
  /// Classes of means, a factor of four apart; class 8 is around one event a window.
  public static let meanClasses = 16

  /// α by window, in the order of `windowLengths`, and by class of mean.
  public var clumping: [[Double]]
  /// β by window.
  public var wandering: [Double]
  /// How many events of this input α is worth, against those of alike series.
  public var clumpingWeight: Double
  /// How many windows of this input β is worth.
  public var wanderingWeight: Double
  /// How many events of a series' own past the α of alike series is worth.
  public var ownEvents: Double
  /// How many windows of a series' own past the β of all series is worth.
  public var ownWindows: Double

  /// Creates parameters; the tables hold a row for each of `windowLengths`.
  public init(
    clumping: [[Double]], wandering: [Double], clumpingWeight: Double = 20,
    wanderingWeight: Double = 30, ownEvents: Double = 1.5, ownWindows: Double = 8
  ) {
    self.clumping = clumping
    self.wandering = wandering
    self.clumpingWeight = clumpingWeight
    self.wanderingWeight = wanderingWeight
    self.ownEvents = ownEvents
    self.ownWindows = ownWindows
  }

  /// The class of a mean.
  static func classIndex(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    return max(0, min(meanClasses - 1, Int((mean.log4 + 8).rounded())))
  }
}

/// What series show of the spread that they share, added up over series and over trails.
public struct SpreadEvidence: Sendable {
  private var clumping = [[SIMD2<Double>]](
    repeating: Array(repeating: .zero, count: SpreadParameters.meanClasses),
    count: windowLengths.count)
  private var wandering = [SIMD2<Double>](repeating: .zero, count: windowLengths.count)

  /// Creates evidence of nothing.
  public init() {}

  mutating func addClumping(_ alpha: Double, weight: Double, window: Int, mean: Double) {
    clumping[window][SpreadParameters.classIndex(mean)] += SIMD2(weight * min(alpha, 100), weight)
  }

  mutating func addWandering(_ beta: Double, weight: Double, window: Int) {
    wandering[window] += SIMD2(weight * min(beta, 3), weight)
  }

  /// Adds that of other series.
  public mutating func add(_ other: SpreadEvidence) {
    for window in windowLengths.indices {
      for index in clumping[window].indices {
        clumping[window][index] += other.clumping[window][index]
      }
      wandering[window] += other.wandering[window]
    }
  }

  /// Returns parameters shrunk from what was taken before towards what the series show.
  public func posterior(_ prior: SpreadParameters) -> SpreadParameters {
    var result = prior
    for window in windowLengths.indices {
      for index in clumping[window].indices {
        result.clumping[window][index] = Self.mean(
          clumping[window][index], prior.clumping[window][index], worth: prior.clumpingWeight)
      }
      result.wandering[window] = Self.mean(
        wandering[window], prior.wandering[window], worth: prior.wanderingWeight)
    }
    return result
  }

  private static func mean(_ sums: SIMD2<Double>, _ prior: Double, worth: Double) -> Double {
    (sums.x + worth * prior) / (sums.y + worth)
  }
}
