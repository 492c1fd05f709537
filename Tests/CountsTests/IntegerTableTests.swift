// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Counts

@Suite("Tables that number keys")
struct IntegerTableTests {
  @Test("keys are numbered as they come, growing and making room", arguments: 1...4)
  func againstDictionary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var table = IntegerTable()
    var twin: [UInt64: Int] = [:]
    for step in 0..<60_000 {
      let key = UInt64.random(in: 0..<40_000, using: &generator) << (seed * 9)
      if step % 20_000 == 7777 { table.reserve(Int.random(in: 0..<100_000, using: &generator)) }
      _ = table.touch(key)
      let number = table.number(of: key)
      #expect(number == twin[key, default: twin.count], "seed \(seed), \(step)")
      twin[key] = number
    }
    #expect(table.count == twin.count)
    #expect(table.keys.indices.allSatisfy { twin[table.keys[$0]] == $0 })
  }

  @Test("keys whose hashes share their slot and their tag are told apart")
  func sharedTags() {
    // In a small table 10 bits of a hash choose the slot and 22 are in it: some of these share all.
    var byHash: [UInt64: [UInt64]] = [:]
    for key in 0..<200_000 as Range<UInt64> {
      byHash[mixed(key) & 0xFFFF_FC00_0000_03FF, default: []].append(key)
    }
    let alike = byHash.values.filter { $0.count > 1 }.map { $0.sorted() }
    #expect(!alike.isEmpty)
    for keys in alike {
      var table = IntegerTable()
      #expect(keys.map { table.number(of: $0) } == Array(keys.indices))
      #expect(keys.map { table.number(of: $0) } == Array(keys.indices))
    }
  }
}
