// SPDX-License-Identifier: Apache-2.0

/// What one day taught about a series: events per half hour, cleaned of what must not teach.
struct DayRecord: Codable, Sendable {
  /// The day, since 1970-01-01.
  let day: Int
  /// Events per half hour; in missing ones, no meaning.
  var counts: HalfHourCounts
  /// Bit b is set where half hour b has no data: before the account's first event, in a gap, or
  /// during an insight.
  var missing: UInt64
  /// Those of them that are gaps.
  var gaps: UInt64

  func isMissing(_ bin: Int) -> Bool { missing >> UInt64(bin) & 1 == 1 }
}

/// What happened on a day of a series, told by the stages behind, so that it can be learnt from.
public struct DayOutcome: Sendable {
  /// Minutes of the day without information: a gap, or before all data.
  public var missing: [Range<Int>] = []
  /// Minutes of the day inside insights: they do not teach the rates, but short ones teach spread,
  /// for a series may be one that storms now and then.
  public var told: [Range<Int>] = []
  /// The level that the series moved to for good, if an insight ended so.
  public var movedLevel: MovedLevel?

  /// Creates the outcome of a quiet day.
  public init() {}
}

/// A level that moved for good.
public struct MovedLevel: Sendable {
  /// The minute, since 1970-01-01T00:00Z, from which on it had moved.
  public var minute: Int
  /// What came behind it over what was expected.
  public var factor: Double

  /// Creates a moved level.
  public init(minute: Int, factor: Double) {
    self.minute = minute
    self.factor = factor
  }
}
