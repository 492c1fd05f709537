// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The delivery days whose folders can hold the events of a range of minutes.
///
/// CloudTrail files lie by the day they were delivered, which is that of the event or a little
/// after it: a day is left free before the range and two after it.
public struct DayWindow: Hashable, Sendable {
  /// Days since 1970-01-01; `nil` is open to that side.
  let firstDay: Int?
  let lastDay: Int?

  static let daysBefore = 1
  static let daysAfter = 2

  /// Creates the window of the events in [start, end); either side may be open.
  public init(start: Minute?, end: Minute?) {
    firstDay = start.map { $0.day - Self.daysBefore }
    lastDay = end.map { ($0 - 1).day + Self.daysAfter }
  }

  /// The window that leaves nothing out.
  public static let everything = DayWindow(start: nil, end: nil)

  /// Returns whether a file may hold wanted events, judged by the day in its path as CloudTrail
  /// lays it out; without one it may.
  public func mayHold(path: String) -> Bool { TrailFolder.mayHold(key: path, in: self) }

  var isEverything: Bool { firstDay == nil && lastDay == nil }

  /// Whether days overlap the window.
  func overlaps(_ days: ClosedRange<Int>) -> Bool {
    (firstDay.map { days.upperBound >= $0 } ?? true)
      && (lastDay.map { days.lowerBound <= $0 } ?? true)
  }
}
