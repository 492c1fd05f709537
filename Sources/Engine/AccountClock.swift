// SPDX-License-Identifier: Apache-2.0
import Counts
import Vocabulary

/// Knows since when each account delivers: before its first event, no event is no information.
struct AccountClock {
  /// From the first minute with an event to behind the last; `nil` without events.
  let minutes: MinuteRange?
  private let firstMinutes: [Int]
  /// Minutes with events over all series, per day since 1970-01-01.
  private let activeMinutes: [Int: Int]

  init(_ history: CountHistory) {
    var perAccount: [String: Int] = [:]
    var last = Int.min
    var activeMinutes: [Int: Int] = [:]
    for series in history.series {
      let account = series.key.recipientAccountID
      let first = Int(series.minutes[0])
      perAccount[account] = min(perAccount[account] ?? first, first)
      last = max(last, Int(series.minutes[series.minutes.count - 1]))
      for minute in series.minutes { activeMinutes[Int(minute) / 1440, default: 0] += 1 }
    }
    firstMinutes = history.series.map { perAccount[$0.key.recipientAccountID] ?? 0 }
    self.activeMinutes = activeMinutes
    minutes = firstMinutes.min().map {
      MinuteRange(start: Minute(sinceEpoch: $0), end: Minute(sinceEpoch: last + 1))
    }
  }

  func firstMinute(ofSeries index: Int) -> Int { firstMinutes[index] }

  func firstDay(ofSeries index: Int) -> Int { firstMinutes[index] / 1440 }

  /// The minute of a day at which the series' account began, if it began on that day.
  func firstMinuteOfDay(_ day: Int, series index: Int) -> Int? {
    let first = firstMinutes[index]
    return first / 1440 == day && first % 1440 > 0 ? first % 1440 : nil
  }

  /// Minutes with events a week, over all series, in the seven days before a day.
  func activeMinutesPerWeek(before day: Int) -> Double {
    let first = minutes?.start.day ?? day
    let days = max(first, day - 7)..<day
    guard !days.isEmpty else { return 0 }
    let sum = days.reduce(0) { $0 + (activeMinutes[$1] ?? 0) }
    return Double(sum) * 7 / Double(days.count)
  }
}
