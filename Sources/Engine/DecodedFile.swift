// SPDX-License-Identifier: Apache-2.0
import Events

/// What one file of a run held, before it is said which of it counts.
struct DecodedFile: Sendable {
  /// The file's place in the order in which events are admitted.
  var number = 0
  /// Bytes read, as stored.
  var bytes = 0
  var batch = EventBatch()
  /// `stableHash` of the account of each event.
  var accountHashes: [UInt64] = []
  /// `stableHash` of the account of each summary of calls.
  var activityHashes: [UInt64] = []
}
