// SPDX-License-Identifier: Apache-2.0

/// Where in a week of UTC the two free days lie: they begin at midnight somewhere on Earth.
struct Weekend: Equatable, Sendable {
  /// Half hours from its first one to Saturday 00:00 UTC; negative where it begins later.
  let lead: Int

  /// Saturday and Sunday in UTC, in the Americas and in East Asia; Friday and Saturday in the
  /// Americas' hours and in UTC.
  ///
  /// Each is eight hours from the next, so none is off by more than four.
  static let everywhere = [0, -16, 16, 32, 48].map { Weekend(lead: $0) }

  /// Whether an octet of the week is part of it: weekends begin and end between octets.
  func contains(octet: Int) -> Bool { contains(8 * octet) }

  /// Whether a half hour of the week, Monday 00:00 UTC first, is part of it.
  func contains(_ halfHour: Int) -> Bool {
    (halfHour + lead + HalfHours.perWeek) % HalfHours.perWeek >= 5 * HalfHours.perDay
  }
}
