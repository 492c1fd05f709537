// SPDX-License-Identifier: Apache-2.0

/// Six 32-bit numbers as three words: what a series or a caller is known by.
struct Triple: Equatable, Sendable {
  var first: UInt64
  var second: UInt64
  var third: UInt64

  var hash: UInt64 { mixed(first ^ mixed(second ^ mixed(third))) }
}

/// Numbers triples of words in the order of their first appearance, as `IntegerTable` does words.
struct TripleTable: Sendable {
  /// The keys by number.
  private(set) var keys: [Triple] = []
  /// Number plus one of the key in each slot, 0 for a free slot; a power of two of them.
  private var slots = [UInt32](repeating: 0, count: 256)

  var count: Int { keys.count }

  /// Returns the number of a key, a new one where the key is new.
  mutating func number(of key: Triple) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if keys[number] == key { return number }
      slot = (slot + 1) & mask
    }
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    slots = Array(repeating: 0, count: mask + 1)
    for (number, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: key.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }
}
