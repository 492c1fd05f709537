// SPDX-License-Identifier: Apache-2.0
import Scores

/// The gaps of a day, and the backlogs behind them, per series.
struct Interruptions {
  private var gaps: [[Range<Int>]]
  private var factors: [Int: [(minuteOfDay: Int, factor: Double)]] = [:]

  init(seriesCount: Int) {
    gaps = Array(repeating: [], count: seriesCount)
  }

  /// Adds a gap, in minutes since 1970-01-01T00:00Z, as far as it lies on a day.
  mutating func add(_ gap: Range<Int>, members: [Int], day: Int) {
    let start = day * 1440
    let part = gap.clamped(to: start..<start + 1440)
    guard !part.isEmpty else { return }
    for index in members {
      gaps[index].append(part.lowerBound - start..<part.upperBound - start)
    }
  }

  /// Adds a group's backlog; the widest group's stands.
  mutating func addBacklog(
    _ backlog: [(minuteOfDay: Int, factor: Double)], members: [Int]
  ) {
    for index in members where factors[index] == nil { factors[index] = backlog }
  }

  /// Returns those of one series.
  func of(series index: Int) -> SeriesInterruptions {
    SeriesInterruptions(
      gaps: gaps[index],
      backlog: (factors[index] ?? []).map { .init(minuteOfDay: $0.minuteOfDay, factor: $0.factor) })
  }
}

/// The gaps of a day of one series, in minutes of the day, and the backlog behind them.
struct SeriesInterruptions: Equatable {
  struct BacklogMinute: Equatable {
    let minuteOfDay: Int
    let factor: Double
  }

  let gaps: [Range<Int>]
  let backlog: [BacklogMinute]

  /// Minutes of the day that must not teach a series: gaps, and the backlogs behind them.
  var masked: [Range<Int>] {
    guard let first = backlog.first, let last = backlog.last else { return gaps }
    return gaps + [first.minuteOfDay..<last.minuteOfDay + 1]
  }

  /// Takes gaps out of the series' expectation, and raises it where there is a backlog.
  func apply(to expectation: inout DayExpectation) {
    for gap in gaps { expectation.scale(gap, by: 0) }
    for minute in backlog where minute.factor > 1 {
      expectation.scale(minute.minuteOfDay..<minute.minuteOfDay + 1, by: minute.factor)
    }
  }
}
