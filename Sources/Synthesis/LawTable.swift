// SPDX-License-Identifier: Apache-2.0
import Scores

/// The true mean and variance of a series' counts, for every minute and window of a trail.
///
/// It is what a detector that knows the law would judge counts by. A level shift belongs to the
/// law once its label has ended. The first minute of the trail is 0.
///
/// - Complexity: a window costs O(its minutes).
public struct LawTable: Sendable {
  private let law: SeriesLaw
  private let dueMinutes: [Int]
  /// Expected calls per minute of the Poisson part.
  private let rates: [Double]
  /// Storms expected to start per minute.
  private let stormRates: [Double]
  private let isOpen: [Bool]
  /// The chance of each call to be counted: 1, or the share of errors of a linked series.
  private let share: Double

  init(
    _ law: SeriesLaw, _ rhythm: TrailRhythm, share: Double = 1,
    shift: (minute: Int, factor: Double)? = nil
  ) {
    self.law = law
    self.share = share
    var shapes = (0..<rhythm.minuteCount).map { law.shape($0, rhythm) }
    stormRates = law.storms.map { storms in shapes.map { $0 * storms.rate } } ?? []
    if let shift {
      for minute in shift.minute..<max(shift.minute, shapes.count) {
        shapes[minute] *= shift.factor
      }
    }
    rates = shapes.map { $0 * law.rate }
    isOpen = (0..<rhythm.minuteCount).map { !rhythm.outage.contains($0) }
    dueMinutes = law.schedule.map { Array($0.dueMinutes(rhythm)) } ?? []
  }

  /// Minutes that the trail covers.
  public var minuteCount: Int { rates.count }

  /// Returns the mean and the variance of the calls in the minutes of a window.
  public func moments(_ window: Range<Int>) -> (mean: Double, variance: Double) {
    let window = window.clamped(to: 0..<minuteCount)
    let parts = [poissonPart(window), stormPart(window), schedulePart(window)]
    let mean = parts.reduce(0) { $0 + $1.mean }
    let excess = parts.reduce(0) { $0 + $1.excess }
    return (mean * share, mean * share + excess * share * share)
  }

  /// Returns log₁₀ of the chance of at least this many calls in a window.
  public func log10UpperTail(count: Int, in window: Range<Int>) -> Double {
    let (mean, variance) = moments(window)
    return Scores.log10UpperTail(count: count, mean: mean, variance: variance)
  }

  func isBurstDue(in window: Range<Int>) -> Bool { dueMinutes.contains { window.contains($0) } }

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
    var mean = 0.0
    var squares = 0.0
    var (halfHours, days) = (SquaredSums(length: 30), SquaredSums(length: 1440))
    for minute in window {
      let rate = rates[minute]
      mean += rate
      squares += rate * rate
      halfHours.add(rate, at: minute)
      days.add(rate, at: minute)
    }
    let excess =
      law.effects.minute * halfHour * day * squares
      + law.effects.halfHour * day * halfHours.total + law.effects.day * days.total
    return (mean, excess)
  }

  private func stormPart(_ window: Range<Int>) -> Part {
    guard let storms = law.storms else { return (0, 0) }
    let pairs = 2 * (storms.meanSize - 1) * storms.meanSize
    var mean = 0.0
    var excess = 0.0
    for start in max(0, window.lowerBound - storms.minutes + 1)..<window.upperBound {
      let inside = openMinutes(window.clamped(to: start..<start + storms.minutes))
      let fraction = Double(inside) / Double(storms.minutes)
      mean += stormRates[start] * storms.meanSize * fraction
      excess += stormRates[start] * pairs * fraction * fraction
    }
    return (mean, excess)
  }

  private func schedulePart(_ window: Range<Int>) -> Part {
    guard let schedule = law.schedule else { return (0, 0) }
    let reach = schedule.jitter + schedule.minutes
    var sum = (mean: 0.0, excess: 0.0)
    for due in dueMinutes
    where due + reach >= window.lowerBound && due - reach < window.upperBound {
      let burst = burstPart(schedule, due: due, window)
      sum = (sum.mean + burst.mean, sum.excess + burst.excess)
    }
    return sum
  }

  private func burstPart(_ schedule: SeriesLaw.Schedule, due: Int, _ window: Range<Int>) -> Part {
    var (first, second) = (0.0, 0.0)
    for start in due - schedule.jitter...due + schedule.jitter {
      let inside = openMinutes(window.clamped(to: start..<start + schedule.minutes))
      let fraction = Double(inside) / Double(schedule.minutes)
      first += fraction
      second += fraction * fraction
    }
    let starts = Double(2 * schedule.jitter + 1)
    let mean = schedule.meanSize * first / starts
    let square = schedule.meanSize * schedule.meanSize * (1 + schedule.sizeVariance)
    return (mean, square * second / starts - mean * mean)
  }

  private func openMinutes(_ minutes: Range<Int>) -> Int {
    minutes.reduce(0) { $0 + (isOpen[$1] ? 1 : 0) }
  }
}

/// The sum of the squares of sums over blocks of equal length.
private struct SquaredSums {
  private let length: Int
  private var block = -1
  private var current = 0.0
  private var closed = 0.0

  init(length: Int) {
    self.length = length
  }

  var total: Double { closed + current * current }

  mutating func add(_ value: Double, at minute: Int) {
    if minute / length != block {
      closed = total
      block = minute / length
      current = 0
    }
    current += value
  }
}
