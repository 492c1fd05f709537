// SPDX-License-Identifier: Apache-2.0

/// What one day taught about a series: events per half hour, cleaned of what must not teach.
struct DayRecord: Sendable {
  /// The day, since 1970-01-01.
  let day: Int
  /// Events per half hour; in missing ones, no meaning.
  var counts: [Float]
  /// Bit b is set where half hour b has no data: before the account's first event, in a gap, or
  /// during an insight.
  var missing: UInt64

  func isMissing(_ bin: Int) -> Bool { missing >> UInt64(bin) & 1 == 1 }
}

/// What happened on a day of a series, told by the stages behind, so that it can be learnt from.
public struct DayOutcome: Sendable {
  /// Minutes of the day without information: a gap, or before all data.
  public var missing: [Range<Int>] = []
  /// Minutes of the day inside insights: they do not teach the rates, but short ones teach spread,
  /// for a series may be one that storms now and then.
  public var told: [Range<Int>] = []
  /// The highest evidence, −log₁₀ p, in each of the day's six parts of four hours.
  public var peaks = [Double](repeating: 0, count: 6)
  /// Bursts that the forecast made no better than one in ten thousand, by time.
  public var surprises: [Surprise] = []
  /// Whether the series' level moved for good, so that older days no longer tell it.
  public var levelMoved = false

  /// Creates the outcome of a quiet day.
  public init() {}
}
