// SPDX-License-Identifier: Apache-2.0
import Scores
import Testing

@Suite("What peers do meanwhile")
struct PeerActivityTests {
  private func peers(_ counts: [Int], expected: Double = 20) -> PeerActivity? {
    PeerActivity(counts.map { ($0, expected) })
  }

  @Test("too few busy peers say nothing")
  func fewest() {
    #expect(peers([20, 20]) == nil)
    #expect(peers([1, 1, 1, 1], expected: 9.9) == nil)
    #expect(peers([20, 20, 20]) != nil)
  }

  @Test("one that falls is chance, more than one in ten fall together")
  func together() {
    #expect(peers([0, 20, 20, 20])?.fellTogether(with: 0) == false)
    #expect(peers([0, 9, 20, 20])?.fellTogether(with: 0) == true)
    #expect(peers([0, 10, 20, 20])?.fellTogether(with: 0) == false)
    #expect(peers([0, 10, 20, 20])?.fellTogether(with: 0.2) == true)
    let twenty = [Int](repeating: 20, count: 18)
    #expect(peers([0, 0] + twenty)?.fellTogether(with: 0) == false)
    #expect(peers([0, 0, 0] + twenty.dropLast())?.fellTogether(with: 0) == true)
  }

  @Test("the ratio is that of the peer in the middle")
  func median() {
    #expect(peers([10, 16, 2000])?.medianRatio == 0.8)
  }
}
