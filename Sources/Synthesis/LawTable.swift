// SPDX-License-Identifier: Apache-2.0
import Scores

/// The true mean and variance of a series' counts, for every minute and window of a trail.
///
/// It is what a detector that knows the law would judge counts by. A level shift belongs to the
/// law once its label has ended: the calls beyond the usual are Poisson then, whatever the usual ones
/// are. The first minute of the trail is 0.
///
/// Why sums from the start: a window is then a difference, however long it is.
public struct LawTable: Sendable {
  private let law: SeriesLaw
  private let rhythm: TrailRhythm
  /// The calls expected by the Poisson part, and their squares, summed minute by minute.
  private let rates: RunningSum
  private let squaredRates: RunningSum
  /// Storms expected to start per minute.
  private let stormRates: [Double]
  /// Those, times the part of a whole storm that no outage takes away, and times its square.
  private let storms: RunningSum
  private let squaredStorms: RunningSum
  /// The chance of each call to be counted: 1, or the share of errors of a linked series.
  private let share: Double
  /// What a level shift adds, summed minute by minute.
  private var added: RunningSum?

  init(
    _ law: SeriesLaw, _ rhythm: TrailRhythm, share: Double = 1,
    shift: (minute: Int, factor: Double)? = nil
  ) {
    self.law = law
    self.rhythm = rhythm
    self.share = share
    let shapes = (0..<rhythm.minuteCount).map { law.shape($0, rhythm) }
    let rates = shapes.map { $0 * law.rate }
    self.rates = RunningSum(rates)
    squaredRates = RunningSum(rates.map { $0 * $0 })
    let length = law.storms?.minutes ?? 0
    stormRates = law.storms.map { storms in shapes.map { $0 * storms.rate } } ?? []
    let whole = stormRates.indices.map { rhythm.openFraction($0..<$0 + length, of: length) }
    storms = RunningSum(zip(stormRates, whole).map { $0 * $1 })
    squaredStorms = RunningSum(zip(stormRates, whole).map { $0 * $1 * $1 })
    guard let shift else { return }
    let usual = (0..<minuteCount).map { $0 < shift.minute ? 0 : moments($0..<$0 + 1).mean }
    added = RunningSum(usual.map { $0 * (shift.factor - 1) })
  }

  /// Minutes that the trail covers.
  public var minuteCount: Int { rhythm.minuteCount }

  /// Returns the mean and the variance of the calls in the minutes of a window.
  ///
  /// - Complexity: O(its half hours).
  public func moments(_ window: Range<Int>) -> (mean: Double, variance: Double) {
    let window = window.clamped(to: 0..<minuteCount)
    let poisson = poissonPart(window)
    let storms = stormPart(window)
    let schedule = schedulePart(window)
    let mean = poisson.mean + storms.mean + schedule.mean
    let excess = poisson.excess + storms.excess + schedule.excess
    let total = mean * share + (added?.sum(window) ?? 0)
    return (total, total + excess * share * share)
  }

  /// Returns log₁₀ of the chance of at least this many calls in a window.
  public func log10UpperTail(count: Int, in window: Range<Int>) -> Double {
    let (mean, variance) = moments(window)
    return Scores.log10UpperTail(count: count, mean: mean, variance: variance)
  }

  func isBurstDue(in window: Range<Int>) -> Bool {
    law.schedule?.dueMinutes(rhythm, in: window).isEmpty == false
  }

  /// Returns log₁₀ of the chance of the least likely window of 1, 5, 15, 60 or 240 minutes that
  /// lies in a stretch of minutes, or starts or ends with it where the stretch is shorter.
  func log10BestTail(_ counts: [Int], in stretch: Range<Int>) -> Double {
    var best = 0.0
    for length in [1, 5, 15, 60, 240] {
      let last = max(stretch.lowerBound, stretch.upperBound - length)
      var starts = Array(stride(from: stretch.lowerBound, to: last, by: max(1, length / 5)))
      starts.append(last)
      if stretch.count < length { starts.append(stretch.upperBound - length) }
      for start in starts {
        let window = (start..<start + length).clamped(to: 0..<minuteCount)
        let count = counts[window].reduce(0, +)
        best = min(best, log10UpperTail(count: count, in: window))
      }
    }
    return best
  }
}

/// A part's mean and what its variance has over a Poisson variable's.
private typealias Part = (mean: Double, excess: Double)

extension LawTable {
  /// Each effect correlates the minutes that share it.
  private func poissonPart(_ window: Range<Int>) -> Part {
    let halfHour = 1 + law.effects.halfHour
    let day = 1 + law.effects.day
    let excess =
      law.effects.minute * halfHour * day * squaredRates.sum(window)
      + law.effects.halfHour * day * squaredBlocks(of: 30, window)
      + law.effects.day * squaredBlocks(of: 1440, window)
    return (rates.sum(window), excess)
  }

  /// The sum of the squares of what is expected in each block of minutes.
  private func squaredBlocks(of length: Int, _ window: Range<Int>) -> Double {
    var total = 0.0
    var start = window.lowerBound
    while start < window.upperBound {
      let end = min((start / length + 1) * length, window.upperBound)
      let block = rates.sum(start..<end)
      total += block * block
      start = end
    }
    return total
  }

  /// A storm counts as far as it lies in the window and outside of the outage.
  private func stormPart(_ window: Range<Int>) -> Part {
    guard let law = law.storms else { return (0, 0) }
    let first = max(0, window.lowerBound - law.minutes + 1)
    let whole = window.lowerBound..<max(window.lowerBound, window.upperBound - law.minutes + 1)
    var mean = storms.sum(whole)
    var squares = squaredStorms.sum(whole)
    for starts in [first..<whole.lowerBound, whole.upperBound..<window.upperBound] {
      for start in starts {
        let inside = window.clamped(to: start..<start + law.minutes)
        let fraction = rhythm.openFraction(inside, of: law.minutes)
        mean += stormRates[start] * fraction
        squares += stormRates[start] * fraction * fraction
      }
    }
    return (mean * law.meanSize, squares * 2 * (law.meanSize - 1) * law.meanSize)
  }

  private func schedulePart(_ window: Range<Int>) -> Part {
    guard let schedule = law.schedule else { return (0, 0) }
    let reach = schedule.jitter + schedule.minutes
    let near = window.lowerBound - reach..<window.upperBound + reach
    var sum = (mean: 0.0, excess: 0.0)
    for due in schedule.dueMinutes(rhythm, in: near) {
      let burst = burstPart(schedule, due: due, window)
      sum = (sum.mean + burst.mean, sum.excess + burst.excess)
    }
    return sum
  }

  private func burstPart(_ schedule: SeriesLaw.Schedule, due: Int, _ window: Range<Int>) -> Part {
    var (first, second) = (0.0, 0.0)
    for start in due - schedule.jitter...due + schedule.jitter {
      let inside = window.clamped(to: start..<start + schedule.minutes)
      let fraction = rhythm.openFraction(inside, of: schedule.minutes)
      first += fraction
      second += fraction * fraction
    }
    let starts = Double(2 * schedule.jitter + 1)
    let mean = schedule.meanSize * first / starts
    let square = schedule.meanSize * schedule.meanSize * (1 + schedule.sizeVariance)
    return (mean, square * second / starts - mean * mean)
  }
}

/// Sums of stretches of a list, as differences of sums from its start.
private struct RunningSum: Sendable {
  private var sums = [0.0]

  init(_ values: [Double]) {
    sums.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value
      sums.append(sum)
    }
  }

  func sum(_ range: Range<Int>) -> Double { sums[range.upperBound] - sums[range.lowerBound] }
}
