// SPDX-License-Identifier: Apache-2.0
public import Baselines
public import Counts
import Glibc

/// A window of minutes and how unlikely its count is.
public struct ScoredWindow: Codable, Sendable {
  /// Its length.
  public let minutes: Int
  /// Events in it.
  public let count: Int
  /// Events expected in it.
  public let expected: Double
  /// log₁₀ of the chance of so many events or more under the baseline.
  public let log10PValue: Double
  /// −log₁₀ of that chance, or of a storm's, added up: what insights go by.
  public let evidence: Double
}

/// Scores the windows of one series that end on one day.
///
/// A short window's count is taken as clumps of geometric sizes (`ClumpedCount`), a long one's as
/// negative binomial. Its mean is the sum of the minutes' rates and of
/// the scheduled bursts that may fall into it. Its variance is
///
///     F μ + u² μ² + Σ σ²
///
/// F the Fano factor of this window length at this rate, u the relative error to expect of the
/// rates, σ the deviations of those bursts.
public struct WindowScorer: Sendable {
  /// The forecast of the day.
  public let baseline: Baseline
  let counts: SeriesCounts
  /// The first minute of the day, since 1970-01-01T00:00Z.
  public let dayStart: Int
  /// Cumulative expectations of the day before and of the day.
  private let yesterday: DayExpectation?
  let today: DayExpectation
  let law: (any WindowLaw)?
  /// Whether there is one: to ask the law itself would copy it, for every window.
  let hasLaw: Bool

  /// Creates a scorer for a day.
  ///
  /// - Parameters:
  ///   - counts: the series; only minutes up to the one that is asked for are read.
  ///   - today: the day's forecast.
  ///   - yesterday: that of the day before, for windows that reach back into it.
  ///   - law: what windows are judged by in place of the forecasts, for who knows it: the ceiling of
  ///     any detector.
  public init(
    counts: SeriesCounts, today: DayExpectation, yesterday: DayExpectation?,
    law: (any WindowLaw)? = nil
  ) {
    self.counts = counts
    self.today = today
    self.yesterday = yesterday
    self.law = law
    hasLaw = law != nil
    baseline = today.baseline
    dayStart = today.baseline.day * 1440
  }

  /// The first minute of which a forecast is at hand: that of the day before, if there was one.
  public var firstForecastMinute: Int { yesterday == nil ? dayStart : dayStart - 1440 }

  /// Returns the events from a minute up to another that the smooth rates expect.
  ///
  /// Minutes before yesterday count as today's first.
  public func expected(from start: Int, to end: Int) -> Double {
    if hasLaw, let law { return law.moments(start..<end).mean }
    var sum = 0.0
    if end > dayStart { sum += today.total(max(0, start - dayStart), end - dayStart) }
    if start < dayStart {
      let yesterdayStart = dayStart - 1440
      let (first, last) = (max(0, start - yesterdayStart), min(1440, end - yesterdayStart))
      sum += yesterday?.total(first, last) ?? today.total(first, last)
    }
    return sum
  }

  /// Returns the events from a minute up to another.
  public func count(from start: Int, to end: Int) -> Int { counts.total(from: start, to: end) }

  /// Finds the window ending with a minute that is hardest to believe.
  ///
  /// - Parameters:
  ///   - minute: since 1970-01-01T00:00Z, on the scorer's day.
  ///   - floor: windows do not reach before it.
  /// - Returns: the window with the most evidence, `nil` where none deviates.
  /// - Complexity: O(windows · log n).
  public func strongest(endingWith minute: Int, floor: Int) -> ScoredWindow? {
    var best: ScoredWindow?
    let end = counts.lowerBound(minute + 1)
    var first = end
    for (index, length) in windowLengths.enumerated() where length <= longestWindow {
      let start = max(floor, minute + 1 - length)
      let minutes = start..<minute + 1
      first = counts.lowerBound(start, before: first)
      guard
        let window = score(
          count: counts.total(at: first..<end), in: minutes, windowIndex: index)
      else { continue }
      if best.map({ window.evidence > $0.evidence }) ?? true { best = window }
      if start == floor { break }
    }
    return best
  }

  /// Minutes of the longest window that is judged.
  ///
  /// Names that were just seen are judged on short windows only: that a new API goes on being
  /// called is no news.
  public var longestWindow: Int {
    hasLaw ? 240 : baseline.evidence < 1 ? 15 : baseline.evidence < 2 ? 60 : 240
  }

  /// Scores a window as if it had so many events.
  ///
  /// - Parameters:
  ///   - count: its events, or any number, to learn of the law.
  ///   - minutes: the window, ending on the scorer's day.
  ///   - windowIndex: the length's index in `windowLengths`.
  ///   - deviations: by how many deviations the count must exceed what is expected; below it no
  ///     tail is worth its time.
  /// - Returns: `nil` where the count exceeds it by less.
  public func score(
    count: Int, in minutes: Range<Int>, windowIndex: Int, deviations: Double = 2.5
  ) -> ScoredWindow? {
    if hasLaw, let law { return score(count, in: minutes, by: law, deviations) }
    let (start, end) = (minutes.lowerBound, minutes.upperBound)
    let smooth = expected(from: start, to: end)
    // Most windows are told apart by their mean alone.
    guard Double(count) > smooth || deviations < 0 else { return nil }
    let rate = smooth / Double(end - start)
    let fano = baseline.fano(window: windowIndex, rate: rate)
    var mean = smooth
    let error = uncertainty(from: start, to: end, smooth: smooth)
    var variance = fano * smooth + error * error
    guard Double(count) > mean + deviations * variance.squareRoot() else { return nil }
    addBursts(from: start, to: end, mean: &mean, variance: &variance)
    guard Double(count) > mean + deviations * variance.squareRoot() else { return nil }
    let log10P = smoothTail(
      count, mean: mean, variance: variance, smooth: smooth, windowIndex: windowIndex)
    let storm = stormTail(count, in: minutes, mean: mean, variance: variance)
    return ScoredWindow(
      minutes: end - start, count: count, expected: mean, log10PValue: log10P,
      evidence: storm > 0 ? -log10(pow(10, log10P) + storm) : -log10P)
  }

  private func score(
    _ count: Int, in minutes: Range<Int>, by law: any WindowLaw, _ deviations: Double
  ) -> ScoredWindow? {
    let (mean, variance) = law.moments(minutes)
    guard Double(count) > mean + deviations * variance.squareRoot() else { return nil }
    let log10P = log10UpperTail(count: count, mean: mean, variance: variance)
    return ScoredWindow(
      minutes: minutes.count, count: count, expected: mean, log10PValue: log10P, evidence: -log10P)
  }

  /// The standard error of what the rates expect of a window; that of both days where it reaches
  /// back over midnight.
  func uncertainty(from start: Int, to end: Int, smooth: Double) -> Double {
    let late = max(start, dayStart)
    let before = start < dayStart ? expected(from: start, to: dayStart) : 0
    var error =
      (smooth - before)
      * baseline.uncertainty(minuteOfDay: (late + end) / 2 - dayStart).squareRoot()
    if start < dayStart {
      let minute = (start + dayStart) / 2 - dayStart + 1440
      let squared =
        yesterday?.baseline.uncertainty(minuteOfDay: minute)
        ?? baseline.uncertainty(minuteOfDay: minute)
      error += before * squared.squareRoot()
    }
    return error
  }

  /// Adds the bursts that may fall into a window.
  ///
  /// One of around midnight is among those of both days, and counts once, as today's.
  func addBursts(from start: Int, to end: Int, mean: inout Double, variance: inout Double) {
    Self.addBursts(of: baseline, latest: .max, from: start, to: end, &mean, &variance)
    guard let yesterday, start < dayStart else { return }
    Self.addBursts(of: yesterday.baseline, latest: 1440, from: start, to: end, &mean, &variance)
  }

  /// Adds those of a day that end by a minute of it, at the latest.
  private static func addBursts(
    of baseline: Baseline, latest: Int, from start: Int, to end: Int, _ mean: inout Double,
    _ variance: inout Double
  ) {
    let dayStart = baseline.day * 1440
    for burst in baseline.bursts
    where burst.latest <= latest && dayStart + burst.earliest < end
      && start < dayStart + burst.latest
    {
      mean += burst.mean
      variance += burst.deviation * burst.deviation
    }
  }

  /// Minutes with events from one up to another, ascending.
  public func activeMinutes(from start: Int, to end: Int) -> ArraySlice<Int32> {
    counts.minutes[counts.lowerBound(start)..<counts.lowerBound(end)]
  }
}
