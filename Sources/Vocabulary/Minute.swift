// SPDX-License-Identifier: Apache-2.0

/// A minute of UTC: the bucket of every count.
///
/// Counts are kept per minute of `eventTime`, as CloudTrail Insights does.
public struct Minute: Hashable, Comparable, Codable, Sendable {
  /// Minutes since 1970-01-01T00:00Z.
  public let sinceEpoch: Int

  /// Minutes in a day of UTC.
  public static let minutesPerDay = 1440

  /// Creates the minute that lies a number of minutes after 1970-01-01T00:00Z.
  public init(sinceEpoch: Int) {
    self.sinceEpoch = sinceEpoch
  }

  /// Creates the minute in which a second since 1970-01-01T00:00:00Z lies.
  public init(containingSecond second: Int) {
    sinceEpoch = floorDivide(second, 60)
  }

  /// Creates the first minute of a day.
  public init(day: Int) {
    sinceEpoch = day * Self.minutesPerDay
  }

  /// Days since 1970-01-01.
  public var day: Int { floorDivide(sinceEpoch, Self.minutesPerDay) }

  /// 0 to 1439.
  public var minuteOfDay: Int { sinceEpoch - day * Self.minutesPerDay }

  /// 0 for Monday to 6 for Sunday.
  public var weekday: Int { Self.weekday(ofDay: day) }

  /// Returns 0 for Monday to 6 for Sunday, for a day since 1970-01-01 (a Thursday).
  public static func weekday(ofDay day: Int) -> Int {
    let shifted = day + 3
    return shifted - floorDivide(shifted, 7) * 7
  }

  /// The minute's first second.
  public var timestamp: Timestamp { Timestamp(secondsSinceEpoch: sinceEpoch * 60) }

  /// The minute as RFC 3339 in UTC, such as `2026-03-01T02:00:00Z`.
  public var rfc3339: String { timestamp.rfc3339 }

  /// Orders minutes by time.
  public static func < (left: Minute, right: Minute) -> Bool { left.sinceEpoch < right.sinceEpoch }

  /// Returns the minute that lies a number of minutes later.
  public static func + (minute: Minute, minutes: Int) -> Minute {
    Minute(sinceEpoch: minute.sinceEpoch + minutes)
  }

  /// Returns the minute that lies a number of minutes earlier.
  public static func - (minute: Minute, minutes: Int) -> Minute {
    Minute(sinceEpoch: minute.sinceEpoch - minutes)
  }

  /// Returns the minutes from `right` to `left`, negative where `left` is earlier.
  public static func - (left: Minute, right: Minute) -> Int { left.sinceEpoch - right.sinceEpoch }
}
