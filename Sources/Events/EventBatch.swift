// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What one piece of trail data held: calls in the order of the bytes, tallies, and faults.
public struct EventBatch: Sendable {
  /// Calls in the order of the bytes.
  public var events: [Event] = []
  /// Summaries of calls, where the decoder was asked for them.
  public var activities: [AggregatedActivity] = []
  /// CloudTrail records of any kind that were read whole.
  public var recordCount = 0
  /// Records that are no calls, by kind, named as in `Coverage.notCalls`.
  public var notCalls: [String: Int] = [:]
  /// Fields that were inferred, by name, as in `Coverage.guessed`.
  public var guessed: [String: Int] = [:]
  /// What could not be read, in the order of the bytes.
  public var faults: [Fault] = []
  /// Faults beyond what is kept one by one, by the raw value of their kind.
  public var omittedFaults: [String: Int] = [:]
  /// What a reader should know of a shape, by name, with the rows that it concerns:
  /// `event_history_csv` usually holds write events only, so that its error rates are biased.
  public var notices: [String: Int] = [:]
  /// Texts of event identifiers that `EventID` only holds as a hash.
  public var longEventIDs: [EventID: String] = [:]

  /// Creates an empty batch.
  public init() {}

  /// Empties the batch and keeps its storage.
  public mutating func removeAll() {
    events.removeAll(keepingCapacity: true)
    activities.removeAll(keepingCapacity: true)
    recordCount = 0
    notCalls.removeAll(keepingCapacity: true)
    guessed.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    omittedFaults.removeAll(keepingCapacity: true)
    notices.removeAll(keepingCapacity: true)
    longEventIDs.removeAll(keepingCapacity: true)
  }
}
