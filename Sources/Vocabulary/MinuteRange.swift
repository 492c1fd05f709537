// SPDX-License-Identifier: Apache-2.0

/// The minutes from `start` up to, not including, `end`.
public struct MinuteRange: Hashable, Sendable {
  public let start: Minute
  public let end: Minute

  /// - Precondition: `start <= end`.
  public init(start: Minute, end: Minute) {
    precondition(start <= end, "a range must not end before it starts")
    self.start = start
    self.end = end
  }

  public var minuteCount: Int { end - start }

  public func contains(_ minute: Minute) -> Bool { start <= minute && minute < end }
}
