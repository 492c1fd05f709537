// SPDX-License-Identifier: Apache-2.0
import Glibc
import Scores
import Testing

@testable import detection_calibration

@Suite struct TailSharesTests {
  @Test(arguments: [(1e-4, 1e-4), (0.02, 0.03), (3, 3), (40, 120)])
  func `where the law is right, the share below a level is the level`(
    mean: Double, variance: Double
  ) {
    func tail(_ count: Int) -> Double {
      count == 0 ? 1 : pow(10, log10UpperTail(count: count, mean: mean, variance: variance))
    }
    var shares = [Double](repeating: 0, count: TailShares.levels.count)
    for count in 0..<400 {
      let (atLeast, moreThan) = (tail(count), tail(count + 1))
      var window = TailShares()
      window.add(atLeast: atLeast, moreThan: moreThan)
      for index in shares.indices { shares[index] += (atLeast - moreThan) * window.below[index] }
    }
    for (share, level) in zip(shares, TailShares.levels) {
      #expect(abs(share / level - 1) < 1e-6, "\(share) below \(level)")
    }
  }

  @Test func `usual windows count as windows`() {
    var shares = TailShares()
    shares.add(atLeast: 1e-6, moreThan: 1e-7)
    shares.addUsual()
    #expect(shares.windows == 2)
    #expect(shares.below == [1, 1, 1])
  }
}
