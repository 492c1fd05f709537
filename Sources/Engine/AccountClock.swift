// SPDX-License-Identifier: Apache-2.0
import Counts
import Vocabulary

/// Knows since when each account delivers: before its first event, no event is no information.
struct AccountClock: Sendable {
  /// The first and the last minute with events; `nil` without events.
  private(set) var minutes: ClosedRange<Int>?
  private var firstMinutes: [String: Int] = [:]
  /// Minutes with events over all series, per day since 1970-01-01.
  private var activeMinutes: [Int: Int] = [:]

  init() {}

  /// Notes minutes, ascending, in which a series has events and had none before.
  mutating func note(_ fresh: [Int32], account: String) {
    guard let first = fresh.first.map({ Int($0) }), let last = fresh.last.map({ Int($0) }) else {
      return
    }
    var start = 0
    while start < fresh.count {
      let day = Int(fresh[start]) / Minute.minutesPerDay
      let end = fresh[start...].firstIndex { Int($0) / Minute.minutesPerDay != day } ?? fresh.count
      activeMinutes[day, default: 0] += end - start
      start = end
    }
    firstMinutes[account] = min(firstMinutes[account] ?? first, first)
    minutes =
      minutes.map { min($0.lowerBound, first)...max($0.upperBound, last) } ?? first...last
  }

  /// The first minute with data of an account.
  func firstMinute(of account: String) -> Int { firstMinutes[account] ?? 0 }

  /// The minute of a day at which an account began, if it began on that day.
  func firstMinuteOfDay(_ day: Int, account: String) -> Int? {
    let first = firstMinute(of: account)
    return first / 1440 == day && first % 1440 > 0 ? first % 1440 : nil
  }

  /// Minutes with events a week, over all series, in the seven days before a day.
  func activeMinutesPerWeek(before day: Int) -> Double {
    let first = minutes.map { $0.lowerBound / 1440 } ?? day
    let days = max(first, day - 7)..<max(first, day)
    guard !days.isEmpty else { return 0 }
    let sum = days.reduce(0) { $0 + (activeMinutes[$1] ?? 0) }
    return Double(sum) * 7 / Double(days.count)
  }

  /// Forgets how busy the days before one were.
  mutating func dropDays(before day: Int) {
    activeMinutes = activeMinutes.filter { $0.key >= day }
  }
}

extension AccountClock: Codable {
  private struct Start: Codable {
    let account: String
    let minute: Int
  }

  private struct ActiveDay: Codable {
    let day: Int
    let minutes: Int
  }

  private enum CodingKeys: CodingKey {
    case minutes, starts, activeDays
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    minutes = try container.decodeIfPresent(ClosedRange<Int>.self, forKey: .minutes)
    for start in try container.decode([Start].self, forKey: .starts) {
      firstMinutes[start.account] = start.minute
    }
    for day in try container.decode([ActiveDay].self, forKey: .activeDays) {
      activeMinutes[day.day] = day.minutes
    }
  }

  /// Lists in order, so that equal clocks are equal bytes.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(minutes, forKey: .minutes)
    let starts = firstMinutes.map { Start(account: $0.key, minute: $0.value) }
      .sorted { utf8Less($0.account, $1.account) }
    try container.encode(starts, forKey: .starts)
    let days = activeMinutes.map { ActiveDay(day: $0.key, minutes: $0.value) }
      .sorted { $0.day < $1.day }
    try container.encode(days, forKey: .activeDays)
  }
}
