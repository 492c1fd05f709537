// SPDX-License-Identifier: Apache-2.0
import Glibc
import Scores
import TestSupport
import Testing

/// What the scores of plain series promise, on series whose law is known.
@Suite struct ValueScorerTests {
  private static let seed: UInt64 = 20_260_321
  private static let step = 300_000

  /// Scores five-minute rows.
  private func scores(_ values: [Double]) -> [ScoredValue] {
    var scorer = ValueScorer()
    return values.enumerated().map { scorer.score($1, atMilliseconds: $0 * Self.step) }
  }

  private func series(_ law: QuietLaw, count: Int) -> [Double] {
    var generator = SeededGenerator(seed: Self.seed)
    return law.values(count: count, using: &generator)
  }

  @Test(arguments: QuietLaw.allCases)
  func `one quiet row in a thousand scores over 3`(law: QuietLaw) {
    let scored = scores(series(law, count: 40_000)).dropFirst(1000)
    let share = Double(scored.count { $0.anomalyScore > 3 }) / Double(scored.count)
    #expect(share < 3e-3, "\(law), seed \(Self.seed)")
    // A law of few values has no value that is right at one in a thousand.
    #expect(share > (law.hasFewValues ? 1e-4 : 3.3e-4), "\(law), seed \(Self.seed): \(share)")
  }

  @Test(arguments: QuietLaw.allCases)
  func `99 % of quiet rows lie in the band`(law: QuietLaw) {
    let values = series(law, count: 20_000)
    let pairs = Array(zip(values, scores(values))).dropFirst(1000)
    let share =
      Double(pairs.count { $0 >= $1.lower && $0 <= $1.upper }) / Double(pairs.count)
    #expect(share > 0.98 && share < 0.9995, "\(law), seed \(Self.seed): \(share)")
    #expect(pairs.allSatisfy { $1.lower <= $1.expected && $1.expected <= $1.upper })
  }

  @Test func `the unit does not matter`() {
    let values = series(.daily, count: 3000)
    let plain = scores(values)
    // A power of two, so that no digit is lost.
    let scaled = scores(values.map { $0 * 1024 })
    for (left, right) in zip(plain, scaled) {
      #expect(abs(left.anomalyScore - right.anomalyScore) < 1e-9)
      #expect(abs(left.upper * 1024 - right.upper) <= abs(right.upper) * 1e-9)
    }
  }

  @Test func `a level shift is told once and then learnt`() {
    var values = series(.normal, count: 4000)
    for index in 3000..<4000 { values[index] += 30 }
    let scored = scores(values)
    #expect(scored[3000].anomalyScore > 3)
    #expect(scored[3050..<4000].count { $0.anomalyScore > 3 } <= 5)
    #expect(abs(scored[3999].expected - 130) < 3)
  }

  @Test func `a day that misses its peak stands out`() {
    var values = series(.daily, count: 288 * 14)
    for index in 288 * 12 + 100..<288 * 12 + 200 { values[index] = 20 }
    let scored = scores(values)
    #expect(scored[288 * 12 + 100..<288 * 12 + 200].contains { $0.anomalyScore > 3 })
  }

  @Test(arguments: QuietLaw.allCases)
  func `a score does not depend on later rows, and a copy goes on alike`(law: QuietLaw) {
    let values = series(law, count: 1500)
    let whole = scores(values)
    var scorer = ValueScorer()
    for row in 0..<700 {
      #expect(scorer.score(values[row], atMilliseconds: row * Self.step) == whole[row])
    }
    var other = scorer
    for row in 700..<1500 { _ = other.score(1e6, atMilliseconds: row * Self.step) }
    for row in 700..<1500 {
      #expect(scorer.score(values[row], atMilliseconds: row * Self.step) == whole[row])
    }
  }

  @Test func `a fall back to what is usual is no event`() {
    var values = series(.normal, count: 3000)
    for index in 2000..<2200 { values[index] += 30 }
    let scored = scores(values)
    #expect(scored[2000].anomalyScore > 3)
    #expect(abs(scored[2200].expected - 130) < 3)
    #expect(scored[2200..<2400].allSatisfy { $0.anomalyScore < 3 })
  }

  @Test func `a constant series is quiet until it changes`() {
    let scored = scores([Double](repeating: 45, count: 1000) + [46])
    #expect(scored.dropLast().allSatisfy { $0.anomalyScore == 0 && $0.expected == 45 })
    #expect(scored[1000].anomalyScore > 4)
  }

  @Test func `counts stay above 0 and percentages below 100`() {
    let counts = scores(series(.rare, count: 3000)).dropFirst(10)
    #expect(counts.allSatisfy { $0.lower >= 0 })
    var generator = SeededGenerator(seed: Self.seed)
    let load = (0..<3000).map { _ in 90 + Double.random(in: 0...10, using: &generator) }
    #expect(scores(load).dropFirst(100).allSatisfy { $0.upper <= 100 })
  }

  @Test func `no value can stop it`() {
    let odd = [
      0, -0.0, 1e99, -1e99, Double.leastNonzeroMagnitude, 1e99, 0, 0, 3, .infinity, 3, .nan, 3,
    ]
    let scored = scores(odd + series(.normal, count: 100) + odd)
    #expect(scored.count == 126)
  }
}

/// Laws without anomalies.
enum QuietLaw: CaseIterable {
  case normal, walk, counts, rare, daily, heavy

  var hasFewValues: Bool { self == .counts || self == .rare }

  func values(count: Int, using generator: inout SeededGenerator) -> [Double] {
    var level = 0.0
    return (0..<count).map { index in
      let day = 50 + 20 * sin(Double(index % 288) / 288 * 2 * .pi)
      switch self {
      case .normal: return 100 + normal(&generator)
      case .walk:
        level = 0.9 * level + normal(&generator)
        return level
      case .counts: return poisson(4, &generator)
      case .rare: return poisson(0.2, &generator)
      case .daily: return day + normal(&generator)
      case .heavy: return exp(0.7 * normal(&generator))
      }
    }
  }

  /// By Box and Muller.
  private func normal(_ generator: inout SeededGenerator) -> Double {
    let radius = (-2 * log(Double.random(in: Double.leastNonzeroMagnitude..<1, using: &generator)))
      .squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
  }

  /// By Knuth's product of uniform numbers.
  private func poisson(_ mean: Double, _ generator: inout SeededGenerator) -> Double {
    let limit = exp(-mean)
    var product = Double.random(in: 0..<1, using: &generator)
    var count = 0.0
    while product > limit {
      product *= Double.random(in: 0..<1, using: &generator)
      count += 1
    }
    return count
  }
}
