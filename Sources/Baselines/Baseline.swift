// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What is usual for one series on one day, learnt from earlier days alone.
public struct Baseline: Codable, Sendable {
  /// The day, since 1970-01-01.
  public let day: Int
  /// Expected events per minute in each half hour of the day, scheduled bursts apart.
  public let rates: [Double]
  /// Squared relative error to expect of each of `rates`.
  let uncertainties: [Double]
  /// Bursts that may come on this day, by time.
  public let bursts: [ScheduledBurst]
  /// Days with data of the series' account before this one.
  public let ageDays: Int
  /// Events that the rates rest on: their relative variance is its inverse.
  public let evidence: Double
  /// How often unscheduled bursts come, and how large.
  public let storms: StormLaw
  /// The spread per window of `windowLengths`.
  let spreads: [Spread]

  /// No law is taken for wholly Poisson: that would put no bound on what a few events say.
  static let leastFano = 1.001

  /// Returns the Fano factor of a window at a rate of so many events a minute.
  public func fano(window: Int, rate: Double) -> Double {
    max(Self.leastFano, spreads[window].fano(mean: rate * Double(windowLengths[window])))
  }

  /// Returns the squared relative error to expect of the rates around a minute of the day.
  public func uncertainty(minuteOfDay: Int) -> Double {
    1 / evidence + uncertainties[max(0, min(HalfHours.perDay - 1, minuteOfDay / HalfHours.minutes))]
  }

  /// Sums the expected events before each minute of the day, and behind the last: 1,441 sums.
  ///
  /// Between the middles of half hours the rate is interpolated, so that a profile has slopes and
  /// not steps.
  ///
  /// - Parameter masked: minutes of the day in which nothing was delivered: nothing is expected.
  /// - Returns: running sums of expected events; the last is the day's total.
  public func cumulativeExpectation(masked: [Range<Int>] = []) -> [Double] {
    guard !masked.isEmpty else { return cumulativeExpectation }
    var sums = [Double](repeating: 0, count: Minute.minutesPerDay + 1)
    var isMasked = [Bool](repeating: false, count: masked.isEmpty ? 0 : Minute.minutesPerDay)
    for range in masked { for minute in range { isMasked[minute] = true } }
    var sum = 0.0
    for minute in 0..<Minute.minutesPerDay {
      if isMasked.isEmpty || !isMasked[minute] { sum += rate(minuteOfDay: minute) }
      sums[minute + 1] = sum
    }
    return sums
  }

  /// The same sums where nothing is masked, from middle to middle of half hours.
  private var cumulativeExpectation: [Double] {
    var sums: [Double] = []
    sums.reserveCapacity(Minute.minutesPerDay + 1)
    var sum = 0.0
    sums.append(sum)
    let half = HalfHours.minutes / 2
    let places = Self.places
    for right in 0...HalfHours.perDay {
      let from = rates[max(0, right - 1)]
      let rise = rates[min(HalfHours.perDay - 1, right)] - from
      let middle = right * HalfHours.minutes
      for minute in max(0, middle - half)..<min(Minute.minutesPerDay, middle + half) {
        sum += from + places[minute].share * rise
        sums.append(sum)
      }
    }
    return sums
  }

  /// Returns the expected events of a minute of the day.
  public func rate(minuteOfDay: Int) -> Double {
    let place = Self.places[minuteOfDay]
    let from = rates[place.left]
    return from + place.share * (rates[place.right] - from)
  }

  /// The half hours whose middles lie around each minute of the day, and the share of the way from
  /// the one to the other.
  private static let places = (0..<Minute.minutesPerDay).map { minute in
    let position = (Double(minute) + 0.5) / Double(HalfHours.minutes) - 0.5
    let left = Int(position.rounded(.down))
    return (
      left: max(0, left), right: min(HalfHours.perDay - 1, left + 1),
      share: position - Double(left)
    )
  }
}
