// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Knows which events were seen, by (recipientAccountId, eventID), in 16 bytes an event and 6 to 12
/// more to find them.
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
    let high: UInt64
    let low: UInt32
    let file: UInt32
  }

  /// In the order in which they came.
  private var entries: [Entry] = []
  /// A power of two of slots, 0 where free: the number of an entry plus one in the bits of `mask`, in
  /// those above it bits of the entry's mark, so that hardly any other entry is looked at.
  ///
  /// Why not the entries themselves: the slots of a day stay in the cache.
  private var slots: [UInt32]
  private var mask: UInt32

  /// Creates a filter that has seen nothing, with room for so many events.
  public init(expecting expectedCount: Int = 0) {
    var room = 4096
    while Self.isFull(expectedCount, of: room) { room *= 2 }
    slots = Array(repeating: 0, count: room)
    mask = UInt32(room - 1)
  }

  private static func isFull(_ count: Int, of room: Int) -> Bool { count * 3 > room * 2 }

  var count: Int { entries.count }

  /// The marks of all events noted, as they came.
  var marks: [Mark] { entries.map { Mark(high: $0.high, low: $0.low) } }

  /// Looks at the place of an event, so that it is in the cache when the event comes.
  ///
  /// - Returns: something of what stands there; whoever sums it up keeps the look alive.
  func touch(_ mark: Mark) -> UInt32 { slots[firstSlot(of: mark.high)] }

  /// Notes an event and tells where it was seen before.
  ///
  /// - Parameters:
  ///   - mark: the event.
  ///   - file: the number of the file that holds it now.
  /// - Returns: the number of the file it was first seen in, `nil` when it is new.
  public mutating func insert(_ mark: Mark, file: Int) -> Int? {
    let tag = tag(of: mark.high)
    var slot = firstSlot(of: mark.high)
    while slots[slot] != 0 {
      if slots[slot] & ~mask == tag {
        let entry = entries[Int(slots[slot] & mask) - 1]
        if entry.high == mark.high, entry.low == mark.low { return Int(entry.file) }
      }
      slot = (slot + 1) & Int(mask)
    }
    entries.append(Entry(high: mark.high, low: mark.low, file: UInt32(file)))
    slots[slot] = tag | UInt32(entries.count)
    if Self.isFull(entries.count, of: slots.count) { grow() }
    return nil
  }

  private func firstSlot(of high: UInt64) -> Int { Int(truncatingIfNeeded: high) & Int(mask) }

  private func tag(of high: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: high >> 32) & ~mask }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    mask = UInt32(slots.count - 1)
    for (number, entry) in entries.enumerated() {
      var slot = firstSlot(of: entry.high)
      while slots[slot] != 0 { slot = (slot + 1) & Int(mask) }
      slots[slot] = tag(of: entry.high) | UInt32(number + 1)
    }
  }
}

/// Returns a hash of a text that is the same in every process: FNV-1a, 64 bits.
public func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash
}
