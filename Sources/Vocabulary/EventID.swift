// SPDX-License-Identifier: Apache-2.0

/// An event's `eventID` in 16 bytes.
///
/// CloudTrail writes GUIDs in lower case; those are kept bit by bit. Any other text of at most
/// 14 bytes is packed as it is, and a longer one is hashed, so that its text must be kept beside it
/// (`text` is `nil`). The three kinds cannot collide: `high` and `low` of a packed or hashed
/// identifier carry a GUID version nibble (15 and 14) that no GUID has.
public struct EventID: Hashable, Comparable, Sendable {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  public static func < (left: EventID, right: EventID) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
