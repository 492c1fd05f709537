// SPDX-License-Identifier: Apache-2.0

/// What was read and what was not: the part of a report that says how far it can be trusted.
public struct Coverage: Codable, Sendable {
  /// Minutes in which a Region, an account or the whole input delivered nothing.
  public struct Gap: Hashable, Codable, Sendable {
    /// The account that was silent, `*` for all of the input.
    public let recipientAccountID: String
    /// The Region that was silent, `*` for all of the account.
    public let awsRegion: String
    /// The minutes in which nothing came.
    public let range: MinuteRange

    /// Creates a gap of an account and Region, each a name or `*`.
    public init(recipientAccountID: String, awsRegion: String, range: MinuteRange) {
      self.recipientAccountID = recipientAccountID
      self.awsRegion = awsRegion
      self.range = range
    }
  }

  /// Files that were read, whole or in part.
  public var files = 0
  /// Bytes as stored, before decompression.
  public var bytes = 0
  /// CloudTrail records of any kind that were read whole.
  public var records = 0
  /// Unique calls among them, whether or not their series is analysed.
  public var calls = 0
  /// Copies of calls that had been counted before, and so were dropped.
  public var duplicates = 0
  /// Records that are no calls, by kind, such as `insight`, `digest` or `network_activity`.
  public var notCalls: [String: Int] = [:]
  /// Fields that a record lacked and that were inferred, such as `read_only`, by name.
  public var guessed: [String: Int] = [:]
  /// Parts of the input that could not be read.
  public var faults: [Fault] = []
  /// What a user should know of the input, by name, with how many records it concerns.
  public var notices: [String: Int] = [:]
  /// Further faults by kind that were counted but not kept, for a file may have millions.
  public var omittedFaults: [String: Int] = [:]
  /// Series with at least one event.
  public var series = 0
  /// The oldest `eventTime`; `nil` where there was no event.
  public var firstEventTime: Timestamp?
  /// The newest `eventTime`; `nil` where there was no event.
  public var lastEventTime: Timestamp?
  /// Silences that detection took as missing data, not as zero calls.
  public var gaps: [Gap] = []
  /// What was cut off to bound memory, by name, with how much of it.
  public var capped: [String: Int] = [:]

  /// Creates the coverage of an input of which nothing was read.
  public init() {}

  /// Adds what another part of the same input covered.
  public mutating func merge(_ other: Coverage) {
    files += other.files
    bytes += other.bytes
    records += other.records
    calls += other.calls
    duplicates += other.duplicates
    notCalls.merge(other.notCalls, uniquingKeysWith: +)
    guessed.merge(other.guessed, uniquingKeysWith: +)
    faults += other.faults
    notices.merge(other.notices, uniquingKeysWith: +)
    omittedFaults.merge(other.omittedFaults, uniquingKeysWith: +)
    series += other.series
    firstEventTime = [firstEventTime, other.firstEventTime].compactMap { $0 }.min()
    lastEventTime = [lastEventTime, other.lastEventTime].compactMap { $0 }.max()
    gaps += other.gaps
    capped.merge(other.capped, uniquingKeysWith: +)
  }
}
