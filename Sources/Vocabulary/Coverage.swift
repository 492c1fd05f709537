// SPDX-License-Identifier: Apache-2.0

/// What was read and what was not: the part of a report that says how far it can be trusted.
public struct Coverage: Sendable {
  /// Minutes in which a whole account and Region delivered nothing.
  public struct Gap: Hashable, Sendable {
    public let recipientAccountID: String
    public let awsRegion: String
    public let range: MinuteRange

    public init(recipientAccountID: String, awsRegion: String, range: MinuteRange) {
      self.recipientAccountID = recipientAccountID
      self.awsRegion = awsRegion
      self.range = range
    }
  }

  public var files = 0
  /// Bytes as stored, before decompression.
  public var bytes = 0
  /// CloudTrail records of any kind that were read whole.
  public var records = 0
  /// Unique calls among them, whether or not their series is analysed.
  public var calls = 0
  public var duplicates = 0
  /// Records that are no calls, by kind: `insight`, `digest`, `aggregated`, `network_activity`…
  public var notCalls: [String: Int] = [:]
  /// Fields that a record lacked and that were inferred: `read_only`, `event_category`…
  public var guessed: [String: Int] = [:]
  public var faults: [Fault] = []
  public var series = 0
  public var firstEventTime: Timestamp?
  public var lastEventTime: Timestamp?
  public var gaps: [Gap] = []
  /// What was cut off to bound memory, by name, with how much of it.
  public var capped: [String: Int] = [:]

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
    series += other.series
    firstEventTime = [firstEventTime, other.firstEventTime].compactMap { $0 }.min()
    lastEventTime = [lastEventTime, other.lastEventTime].compactMap { $0 }.max()
    gaps += other.gaps
    capped.merge(other.capped, uniquingKeysWith: +)
  }
}
