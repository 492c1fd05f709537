// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Knows which events were seen, by (recipientAccountId, eventID), in 16 bytes an event.
///
/// An entry is 96 bits of a mix of account and event identifier, and the number of the file that
/// held the event. Two different events share their 96 bits with a chance of about n² / 10²⁹ for n
/// events: one in 10¹¹ for a billion.
public struct DuplicateFilter: Sendable {
  /// What is kept of an event: 96 bits of a mix of account and identifier.
  public struct Mark: Hashable, Sendable {
    let high: UInt64
    let low: UInt32

    /// Mixes an event's identifiers.
    ///
    /// - Parameters:
    ///   - account: a hash of the account's text, the same in every worker.
    ///   - event: the event's identifier.
    public init(account: UInt64, event: EventID) {
      let half = mixed(event.high ^ account)
      // For one half, the other is spread one to one: identifiers that share a half never collide.
      high = mixed(event.low ^ half)
      low = UInt32(truncatingIfNeeded: mixed(half &+ high))
    }

    init(high: UInt64, low: UInt32) {
      self.high = high
      self.low = low
    }
  }

  private struct Entry: Sendable {
    var high: UInt64 = 0
    var low: UInt32 = 0
    /// File number plus one; 0 marks a free slot.
    var file: UInt32 = 0

    init() {}

    init(_ mark: Mark, file: Int) {
      high = mark.high
      low = mark.low
      self.file = UInt32(file + 1)
    }
  }

  private var slots: [Entry]
  private(set) var count = 0

  /// Creates a filter that has seen nothing, with room for so many events.
  public init(expecting expectedCount: Int = 0) {
    var room = 4096
    while Self.isFull(expectedCount, of: room) { room *= 2 }
    slots = Array(repeating: Entry(), count: room)
  }

  private static func isFull(_ count: Int, of room: Int) -> Bool { count * 4 > room * 3 }

  /// Looks at the place of an event, so that it is in the cache when the event comes.
  ///
  /// - Returns: something of what stands there; whoever sums it up keeps the look alive.
  func touch(_ mark: Mark) -> UInt32 {
    slots[Int(truncatingIfNeeded: mark.high) & (slots.count - 1)].file
  }

  /// Notes an event and tells where it was seen before.
  ///
  /// - Parameters:
  ///   - mark: the event.
  ///   - file: the number of the file that holds it now.
  /// - Returns: the number of the file it was first seen in, `nil` when it is new.
  public mutating func insert(_ mark: Mark, file: Int) -> Int? {
    let entry = Entry(mark, file: file)
    var slot = Int(truncatingIfNeeded: entry.high) & (slots.count - 1)
    while slots[slot].file != 0 {
      if slots[slot].high == entry.high, slots[slot].low == entry.low {
        return Int(slots[slot].file) - 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = entry
    count += 1
    if Self.isFull(count, of: slots.count) { grow() }
    return nil
  }

  /// The marks of all events noted, in any order.
  var marks: [Mark] {
    slots.compactMap { $0.file == 0 ? nil : Mark(high: $0.high, low: $0.low) }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Entry(), count: old.count * 2)
    for entry in old where entry.file != 0 {
      var slot = Int(truncatingIfNeeded: entry.high) & (slots.count - 1)
      while slots[slot].file != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}

/// Returns a hash of a text that is the same in every process: FNV-1a, 64 bits.
public func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash
}
