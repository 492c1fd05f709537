// SPDX-License-Identifier: Apache-2.0
import Baselines
import Glibc
import Scores
import Vocabulary

/// The shares of a trail, by family of series and by length of window.
struct Calibration {
  /// Before it, forecasts rest on less than a week.
  static let firstDay = 7

  private(set) var families: [String: TailShares] = [:]
  private(set) var lengths = [TailShares](repeating: TailShares(), count: windowLengths.count)
  private(set) var firstWeek = TailShares()

  /// Adds the windows of a series' day, side by side.
  mutating func add(_ scorer: WindowScorer, family: String, dayOfTrail: Int) {
    for index in windowLengths.indices where windowLengths[index] <= scorer.longestWindow {
      let shares = shares(scorer, windowIndex: index)
      guard dayOfTrail >= Self.firstDay else {
        firstWeek.merge(shares)
        continue
      }
      families[family, default: TailShares()].merge(shares)
      lengths[index].merge(shares)
    }
  }

  mutating func merge(_ other: Calibration) {
    families.merge(other.families) { first, second in
      var sum = first
      sum.merge(second)
      return sum
    }
    for index in lengths.indices { lengths[index].merge(other.lengths[index]) }
    firstWeek.merge(other.firstWeek)
  }

  private func shares(_ scorer: WindowScorer, windowIndex index: Int) -> TailShares {
    var shares = TailShares()
    let dayStart = scorer.baseline.day * Minute.minutesPerDay
    let length = windowLengths[index]
    for start in stride(from: dayStart, to: dayStart + Minute.minutesPerDay, by: length) {
      let minutes = start..<start + length
      let count = scorer.count(from: start, to: start + length)
      // Where one more event would be usual, so is the window.
      guard let next = scorer.score(count: count + 1, in: minutes, windowIndex: index) else {
        shares.addUsual()
        continue
      }
      let here = scorer.score(
        count: count, in: minutes, windowIndex: index, deviations: -.infinity)
      shares.add(
        atLeast: count == 0 ? 1 : chance(here?.evidence ?? 0), moreThan: chance(next.evidence))
    }
    return shares
  }
}

/// The chance that evidence of −log₁₀ stands for.
private func chance(_ evidence: Double) -> Double { min(1, pow(10, -evidence)) }
