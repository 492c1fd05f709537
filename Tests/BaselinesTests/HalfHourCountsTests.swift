// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import Baselines

@Suite("The half hours of a remembered day")
struct HalfHourCountsTests {
  /// Days of small numbers, of large ones, of scaled ones, and with signs of their own.
  private func days(seed: UInt64) -> [[Float]] {
    var generator = SeededGenerator(seed: seed)
    let kinds: [(inout SeededGenerator) -> Float] = [
      { Float(Int.random(in: 0...255, using: &$0)) },
      { Float(Int.random(in: 0...300, using: &$0)) },
      { Float(Int.random(in: 0...9, using: &$0)) * 1.37 },
      { $0.next() % 3 == 0 ? -0.0 : 4 },
    ]
    return kinds.map { kind in (0..<HalfHours.perDay).map { _ in kind(&generator) } }
  }

  @Test("come back bit for bit, and are kept as the list that they were", arguments: 1...5)
  func kept(seed: UInt64) throws {
    for floats in days(seed: seed) {
      let bits = floats.map(\.bitPattern)
      let counts = HalfHourCounts(floats)
      #expect(counts.map(\.bitPattern) == bits, "seed \(seed)")
      #expect(counts.floats.map(\.bitPattern) == bits, "seed \(seed)")
      let encoded = try JSONEncoder().encode(counts)
      #expect(try JSONDecoder().decode([Float].self, from: encoded).map(\.bitPattern) == bits)
      let decoded = try JSONDecoder().decode(HalfHourCounts.self, from: encoded)
      #expect(decoded.map(\.bitPattern) == bits, "seed \(seed)")
    }
  }

  @Test("a day of other half hours is refused")
  func refused() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(HalfHourCounts.self, from: Data("[1, 2]".utf8))
    }
  }
}
