// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Scores

@Suite struct SumNoveltyTests {
  /// What the ring does, from the whole past each time.
  private func slowly(_ values: [Double]) -> [Double] {
    let lengths = [1, 3, 9, 27]
    var novelties = lengths.map { _ in Novelty() }
    return values.indices.map { row in
      var total = 0.0
      for index in lengths.indices {
        let rows = values[...row].reversed().prefix(lengths[index])
        total += novelties[index].surprise(rows.reduce(0, +))
      }
      return total / 4
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `sums from the ring are sums from the whole past`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<600).map { row in
      Double.random(in: -1...1, using: &generator) + (row % 97 < 5 ? Double(row) / 10 : 0)
    }
    var novelty = SumNovelty()
    #expect(values.map { novelty.surprise($0) } == slowly(values), "seed \(seed)")
  }

  @Test func `a storm that lasts is new among many that do not`() {
    var generator = SeededGenerator(seed: 3)
    var values = (0..<6000).map { _ in
      Double.random(in: 0...1, using: &generator) < 0.02
        ? Double.random(in: 50...400, using: &generator).rounded()
        : Double.random(in: 5...15, using: &generator).rounded()
    }
    for row in 5900..<5930 {
      values[row] = Double.random(in: 80...120, using: &generator).rounded()
    }
    var scorer = ValueScorer()
    let scores = values.enumerated().map {
      scorer.score($1, atMilliseconds: $0 * 300_000).anomalyScore
    }
    #expect(scores[5900..<5930].contains { $0 > 3 })
    #expect(scores[1000..<5900].count { $0 > 3 } <= 15)
  }
}
