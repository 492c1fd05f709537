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

  /// Minutes of the day that must not teach a series: gaps, and the backlogs behind them.
  func masked(series index: Int) -> [Range<Int>] {
    var masked = gaps[index]
    if let backlog = factors[index], let first = backlog.first, let last = backlog.last {
      masked.append(first.minuteOfDay..<last.minuteOfDay + 1)
    }
    return masked
  }

  /// Takes gaps out of a series' expectation, and raises it where there is a backlog.
  func apply(to expectation: inout DayExpectation, series index: Int) {
    for gap in gaps[index] { expectation.scale(gap, by: 0) }
    for (minute, factor) in factors[index] ?? [] where factor > 1 {
      expectation.scale(minute..<minute + 1, by: factor)
    }
  }
}
