// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Vocabulary

/// Windows in which fewer events came than expected.
extension WindowScorer {
  /// A drop shows within windows of a quarter of an hour and more: shorter ones expect too little.
  private static let firstDropWindow = 2
  /// Where fewer events are expected, their absence says little.
  private static let leastExpected = 20.0

  /// Finds the window ending with a minute that has the fewest events for what it expects.
  ///
  /// Scheduled bursts are not expected here: that a job did not run may have been meant.
  ///
  /// - Parameters:
  ///   - minute: since 1970-01-01T00:00Z, on the scorer's day.
  ///   - floor: windows do not reach before it.
  ///   - factor: what the expectation is multiplied by, for what other series show.
  /// - Returns: the window with the most evidence, `nil` where none has clearly fewer.
  /// - Complexity: O(windows · log n).
  public func emptiest(
    endingWith minute: Int, floor: Int, factor: Double = 1
  ) -> ScoredWindow? {
    var best: ScoredWindow?
    for index in windowLengths.indices.dropFirst(Self.firstDropWindow) {
      let start = minute + 1 - windowLengths[index]
      guard start >= max(floor, firstForecastMinute) else { break }
      guard let window = shortfall(start..<minute + 1, index, factor) else { continue }
      if best.map({ window.evidence > $0.evidence }) ?? true { best = window }
    }
    return best
  }

  private func shortfall(_ minutes: Range<Int>, _ index: Int, _ factor: Double) -> ScoredWindow? {
    let (start, end) = (minutes.lowerBound, minutes.upperBound)
    let mean = factor * expected(from: start, to: end)
    guard mean >= Self.leastExpected else { return nil }
    let count = self.count(from: start, to: end)
    // Most windows are told apart by their mean alone.
    guard Double(count) < mean - 3 * mean.squareRoot() else { return nil }
    let error = uncertainty(from: start, to: end, smooth: mean)
    let fano = baseline.fano(window: index, rate: mean / Double(minutes.count))
    let variance = fano * mean + error * error
    guard Double(count) < mean - 3 * variance.squareRoot() else { return nil }
    let log10P = log10LowerTail(count: count, mean: mean, variance: variance)
    return ScoredWindow(
      minutes: minutes.count, count: count, expected: mean, log10PValue: log10P,
      evidence: -log10P)
  }
}

extension DayExpectation {
  /// A day on which fewer are expected has no window in which more are.
  private static let leastExpectedADay = 100.0
  /// Each weekday must have been seen twice: the first Sunday of a series is no drop.
  private static let leastAgeDays = 14

  /// Whether the series is busy enough, and known long enough, for a drop to be told.
  public var mayDrop: Bool {
    baseline.ageDays >= Self.leastAgeDays
      && total(0, Minute.minutesPerDay) >= Self.leastExpectedADay
  }
}
