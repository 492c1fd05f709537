// SPDX-License-Identifier: Apache-2.0

/// Numbers 64-bit keys in the order of their first appearance: a hash table with open addressing.
///
/// Why: it is asked several times for every event; with integer keys it costs a multiplication and
/// a probe where a general dictionary hashes with a seeded cipher. Its order never reaches an
/// output.
struct IntegerTable: Sendable {
  /// The keys by number.
  private(set) var keys: [UInt64] = []
  /// A power of two of slots, 0 where free: the number plus one of the slot's key in the bits of
  /// `mask`, in those above it bits of the key's hash, so that hardly any other key is looked at.
  private var slots: [UInt32]
  private var mask: UInt32

  init() {
    slots = Array(repeating: 0, count: 1024)
    mask = 1023
  }

  var count: Int { keys.count }

  /// Returns the number of a key, a new one where the key is new.
  mutating func number(of key: UInt64) -> Int {
    let hash = mixed(key)
    let tag = tag(of: hash)
    var slot = firstSlot(of: hash)
    while slots[slot] != 0 {
      if slots[slot] & ~mask == tag {
        let number = Int(slots[slot] & mask) - 1
        if keys[number] == key { return number }
      }
      slot = (slot + 1) & Int(mask)
    }
    keys.append(key)
    slots[slot] = tag | UInt32(keys.count)
    if keys.count * 3 > slots.count * 2 { grow(to: slots.count * 2) }
    return keys.count - 1
  }

  private func firstSlot(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & Int(mask) }

  private func tag(of hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~mask }

  /// Looks at the place of a key, so that it is in the cache when the key is asked for: of many keys
  /// in a row, all wait for memory at once.
  ///
  /// - Returns: something of what stands there; whoever sums it up keeps the look alive.
  func touch(_ key: UInt64) -> UInt32 { slots[firstSlot(of: mixed(key))] }

  /// Makes room for a number of keys in all.
  mutating func reserve(_ capacity: Int) {
    keys.reserveCapacity(capacity)
    var room = slots.count
    while capacity * 3 > room * 2 { room *= 2 }
    if room > slots.count { grow(to: room) }
  }

  private mutating func grow(to room: Int) {
    mask = UInt32(room - 1)
    slots = Array(repeating: 0, count: room)
    for (number, key) in keys.enumerated() {
      let hash = mixed(key)
      var slot = firstSlot(of: hash)
      while slots[slot] != 0 { slot = (slot + 1) & Int(mask) }
      slots[slot] = tag(of: hash) | UInt32(number + 1)
    }
  }
}

/// Spreads a key's bits: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
func mixed(_ key: UInt64) -> UInt64 {
  var z = key &+ 0x9E37_79B9_7F4A_7C15
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
