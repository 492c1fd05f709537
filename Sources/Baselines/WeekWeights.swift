// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// How much each past day weighs in a fit: half as much every 14 days.
struct WeekWeights: Sendable {
  private static let memory = 0.952

  /// The day that is forecast, since 1970-01-01.
  let day: Int
  /// Days before it that count, newest last.
  let days: Range<Int>
  /// Σ of the weights, for each half hour of the week.
  let perHalfHour: [Double]

  init(day: Int, days count: Int, firstDay: Int) {
    self.day = day
    days = max(firstDay, day - count)..<day
    var weights = [Double](repeating: 0, count: HalfHours.perWeek)
    for past in days {
      let start = Minute.weekday(ofDay: past) * HalfHours.perDay
      for bin in 0..<HalfHours.perDay { weights[start + bin] += Self.weight(age: day - 1 - past) }
    }
    perHalfHour = weights
  }

  func weight(of past: Int) -> Double { Self.weight(age: day - 1 - past) }

  private static func weight(age: Int) -> Double { memory.raised(to: Double(age)) }
}
