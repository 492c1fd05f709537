// SPDX-License-Identifier: Apache-2.0

/// The true law of one series: how its counts come about where nothing is wrong.
///
/// A count is the sum of a Poisson part, whose rate has a weekly profile, a trend, and gamma
/// effects of the minute, of its half hour and of its day; of storms, which are clusters of calls
/// that start at random; and of bursts on a schedule.
struct SeriesLaw: Sendable {
  /// Variances of the gamma effects, each with mean 1.
  struct Effects: Sendable {
    var minute: Double
    var halfHour: Double
    var day: Double
  }

  /// Clusters that start at random: 1 + a geometric number of calls, spread over `minutes`.
  struct Storms: Sendable {
    /// Storms per minute, times the profile.
    var rate: Double
    var meanSize: Double
    var minutes: Int
  }

  /// A burst near the same minute of each period: a Poisson-gamma number of calls.
  struct Schedule: Sendable {
    /// 60, 1440 or 10080.
    var period: Int
    var phase: Int
    /// The start is earlier or later by up to this many minutes.
    var jitter: Int
    var meanSize: Double
    /// The variance of the gamma effect on the size.
    var sizeVariance: Double
    var minutes: Int
  }

  /// Calls per minute, on average over the weeks.
  var rate: Double
  /// Factors by hour of the week from Monday 00:00, with mean 1.
  var profile: [Double]
  var effects: Effects
  var storms: Storms?
  var schedule: Schedule?
  /// The rate's growth over the trail: the last minute's factor over the first's.
  var growth = 1.0
  /// The minute at which the series begins to exist.
  var firstMinute = 0

  /// Expected calls per minute, schedules and storms included, on average.
  var averageRate: Double {
    rate + (storms.map { $0.rate * $0.meanSize } ?? 0)
      + (schedule.map { $0.meanSize / Double($0.period) } ?? 0)
  }

  /// Multiplies the calls that are expected, and leaves the shape as it is.
  mutating func scale(by factor: Double) {
    rate *= factor
    storms?.rate *= factor
    schedule?.meanSize *= factor
  }

  /// The factor of a minute on the average rate, without the effects.
  func shape(_ minute: Int, _ rhythm: TrailRhythm) -> Double {
    guard minute >= firstMinute else { return 0 }
    let ofWeek = (minute + rhythm.firstWeekday * 1440) % 10080
    let hour = ofWeek / 60
    let part = Double(ofWeek % 60) / 60
    let level = profile[hour] * (1 - part) + profile[(hour + 1) % 168] * part
    let progress = Double(minute) / Double(rhythm.minuteCount)
    let trend = 2 * (1 + (growth - 1) * progress) / (1 + growth)
    return level * trend * rhythm.factor(minute)
  }
}

extension SeriesLaw.Schedule {
  /// The minutes at which a burst is due.
  func dueMinutes(_ rhythm: TrailRhythm) -> [Int] {
    dueMinutes(rhythm, in: 0..<rhythm.minuteCount)
  }

  /// The minutes of a window, and of the trail, at which a burst is due.
  func dueMinutes(_ rhythm: TrailRhythm, in window: Range<Int>) -> [Int] {
    let offset = rhythm.firstWeekday * 1440 % period
    let first = (phase - offset + period) % period
    let periods = max(0, (window.lowerBound - first + period - 1) / period)
    let end = min(window.upperBound, rhythm.minuteCount)
    return Array(stride(from: first + periods * period, to: end, by: period))
  }
}
