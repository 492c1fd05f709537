// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Tells which bursts recur: at their time of the week, or at their time of day on several days.
///
/// Each minute of the day has a bit a day, so that a question takes a look at the minutes around one
/// and not at all bursts.
struct Recurrence {
  /// Bits of the days whole weeks away from day 0.
  private static let wholeWeeks = [-28, -21, -14, -7, 7, 14, 21, 28].reduce(0 as UInt64) {
    $0 | 1 << UInt64($1 & 63)
  }

  /// By minute of the day, the days, modulo 64, on which a burst began; empty where there are none.
  ///
  /// All are of the last 28 days and a day, so no two of them share a bit.
  private var days: [UInt64] = []

  init(of episodes: [Episode]) {
    guard episodes.count > 1 else { return }
    days = Array(repeating: 0, count: Minute.minutesPerDay)
    for episode in episodes {
      days[episode.start % Minute.minutesPerDay] |= Self.bit(episode.start)
    }
  }

  private static func bit(_ minute: Int) -> UInt64 {
    1 << UInt64(minute / Minute.minutesPerDay & 63)
  }

  /// Says whether other bursts came at a burst's time of the week, or at its time of the day on three
  /// other days and more.
  ///
  /// - Parameter minute: the start of one of the bursts.
  /// - Returns: whether they did.
  func contains(_ minute: Int) -> Bool {
    guard !days.isEmpty else { return false }
    let reach = 2 * Schedule.tolerance
    // So many days on, bits are the same, and no minute is negative.
    let minute = minute + 64 * Minute.minutesPerDay
    var daily: UInt64 = 0
    for near in minute - reach...minute + reach {
      // Those of the day itself are the burst, or part of it.
      let others = days[near % Minute.minutesPerDay] & ~Self.bit(near)
      guard others != 0 else { continue }
      daily |= others
      let day = UInt64(near / Minute.minutesPerDay & 63)
      if others & (Self.wholeWeeks &<< day | Self.wholeWeeks &>> (64 - day)) != 0 { return true }
    }
    return daily.nonzeroBitCount >= 3
  }
}
