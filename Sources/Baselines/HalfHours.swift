// SPDX-License-Identifier: Apache-2.0

/// The grid on which a week's profile is learnt: half hours, Monday 00:00 first.
enum HalfHours {
  static let minutes = 30
  static let perDay = 48
  static let perWeek = 7 * perDay
  /// The bits of all half hours of a day.
  static let allBits = (1 as UInt64) << UInt64(perDay) - 1
  /// Octets of a day, and of a week.
  static let octetsPerDay = perDay / 8
  static let octetsPerWeek = perWeek / 8
}

/// The windows, in minutes, whose counts are judged; CloudTrail Insights judges 5.
///
/// A minute tells a spike at once; four hours tell one call a minute on a series of one a day.
public let windowLengths = [1, 5, 15, 60, 240]
