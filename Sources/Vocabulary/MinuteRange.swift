// SPDX-License-Identifier: Apache-2.0

/// The minutes from `start` up to, not including, `end`.
public struct MinuteRange: Hashable, Codable, Sendable {
  /// The first minute in the range.
  public let start: Minute
  /// The first minute behind the range.
  public let end: Minute

  /// Creates the range from `start` up to, not including, `end`.
  ///
  /// - Precondition: `start <= end`.
  public init(start: Minute, end: Minute) {
    precondition(start <= end, "a range must not end before it starts")
    self.start = start
    self.end = end
  }

  /// Minutes in the range; 0 where it starts and ends at once.
  public var minuteCount: Int { end - start }

  /// Returns whether a minute lies in the range.
  public func contains(_ minute: Minute) -> Bool { start <= minute && minute < end }
}
