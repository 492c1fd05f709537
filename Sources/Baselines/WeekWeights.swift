// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// How much each past day weighs in a fit: half as much every 14 days.
struct WeekWeights: Sendable {
  private static let memory = 0.952

  /// The day that is forecast, since 1970-01-01.
  let day: Int
  /// Days before it that count, newest last.
  let days: Range<Int>
  /// The weight of each of them, and the first octet of its weekday in a week.
  let perDay: [(weight: Double, octet: Int)]
  /// Σ of the weights, for each half hour of the week.
  let perHalfHour: [Double]
  /// Σ of those.
  let totalWeight: Double

  init(day: Int, days count: Int, firstDay: Int) {
    self.day = day
    days = max(firstDay, day - count)..<day
    perDay = days.map { past in
      (
        Self.memory.raised(to: Double(day - 1 - past)),
        Minute.weekday(ofDay: past) * HalfHours.octetsPerDay
      )
    }
    var sums = [Double](repeating: 0, count: HalfHours.perWeek)
    for (weight, octet) in perDay {
      for bin in 8 * octet..<8 * octet + HalfHours.perDay { sums[bin] += weight }
    }
    perHalfHour = sums
    totalWeight = sums.reduce(0, +)
  }
}
