// SPDX-License-Identifier: Apache-2.0
import Glibc
import TestSupport
import Testing

@testable import Scores

@Suite struct EventHoldTests {
  /// The rule as it is said, over all rows before each time.
  private func slowly(_ scores: [Double]) -> [Double] {
    var told = [Double](repeating: 0, count: scores.count)
    var lastAlarm: Int?
    for row in scores.indices {
      func age(_ past: Int, _ rows: Double) -> Double { exp(-Double(row - past - 1) / rows) }
      let highest = (0..<row).map { scores[$0] * age($0, 400) }.max() ?? 0
      let margin = lastAlarm.map { age($0, 100) } ?? 0
      if scores[row] > highest + margin { told[row] = scores[row] }
      if scores[row] > 3, scores[row] > highest * exp(-1.0 / 400) { lastAlarm = row }
    }
    return told
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `what is held is the highest score so far, faded`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scores = (0..<800).map { _ in
      -log10(Double.random(in: 1e-6...1, using: &generator)) * 1.5
    }
    var hold = EventHold()
    #expect(scores.map { hold.afterHold($0) } == slowly(scores), "seed \(seed)")
  }

  @Test func `a rise that goes on is told once, a much larger one again`() {
    var hold = EventHold()
    let told = [1, 3.5, 3.8, 4.2, 4.4, 5.5, 5.6].map { hold.afterHold($0) }
    #expect(told == [1, 3.5, 0, 0, 0, 5.5, 0])
  }

  @Test func `the next event is told when the last has faded`() {
    var hold = EventHold()
    #expect(hold.afterHold(4) == 4)
    #expect((0..<99).allSatisfy { _ in hold.afterHold(0) == 0 })
    // Of 4 there is 3.1 left, and of the one more .37.
    #expect(hold.afterHold(3.3) == 0)
    #expect((0..<300).allSatisfy { _ in hold.afterHold(0) == 0 })
    #expect(hold.afterHold(3.3) == 3.3)
  }
}
