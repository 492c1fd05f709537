// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Testing
import Vocabulary

@testable import Engine

@Suite("Drops, and errors among calls")
struct DropTests {
  private static let noon = 15 * 1440 + 720

  private func detect(_ planted: PlantedHistory) -> [Insight] {
    var run = DetectionRun(history: planted.history(), options: DetectionOptions())
    return run.run().insights
  }

  private func busy(seed: UInt64, peers: Int = 4, days: Int = 17) -> PlantedHistory {
    var planted = PlantedHistory(seed: seed, days: days)
    for number in 0..<peers { planted.add("Peer\(number)") { _ in 0.7 } }
    planted.add("Steady") { _ in 0.8 }
    return planted
  }

  @Test("a series that falls silent among busy ones is told, from its first to its last minute")
  func silent() throws {
    var planted = busy(seed: 1)
    planted.silence("Steady", Self.noon..<Self.noon + 240)
    let insights = detect(planted)
    let drop = try #require(insights.first)
    #expect(insights.count == 1)
    #expect(drop.series.eventName == "Steady")
    #expect(drop.direction == .below)
    #expect(abs(drop.start.sinceEpoch - planted.firstMinute - Self.noon) <= 5)
    #expect(abs((drop.end?.sinceEpoch ?? 0) - planted.firstMinute - Self.noon - 240) <= 10)
    #expect(drop.detected - drop.start <= 120)
    #expect(drop.statistics.insightAverage < 0.1)
    #expect(abs(drop.statistics.expectedAverage - 0.8) < 0.2)
  }

  @Test("what all series do together is no drop of one")
  func together() {
    var planted = busy(seed: 2)
    for name in ["Steady", "Peer0", "Peer1"] {
      planted.silence(name, Self.noon..<Self.noon + 240)
    }
    #expect(detect(planted).isEmpty)
  }

  @Test("nothing is missed where no peers tell a drop from an outage, or too little is known")
  func alone() {
    var alone = busy(seed: 3, peers: 2)
    alone.silence("Steady", Self.noon..<Self.noon + 240)
    #expect(detect(alone).isEmpty)
    var young = busy(seed: 3, days: 13)
    young.silence("Steady", 11 * 1440 + 720..<11 * 1440 + 960)
    #expect(detect(young).isEmpty)
  }

  @Test("more errors among more calls are no news, more errors among as many are")
  func errors() {
    var planted = busy(seed: 4)
    planted.add("Steady!Denied") { _ in 0.08 }
    var both = planted
    both.plant("Steady", from: Self.noon, minutes: 60, count: 6)
    both.plant("Steady!Denied", from: Self.noon + 3, minutes: 50, count: 1)
    #expect(detect(both).map(\.series.insightType) == [.apiCallRate])
    var alone = planted
    alone.plant("Steady!Denied", from: Self.noon + 3, minutes: 50, count: 1)
    #expect(detect(alone).map(\.series.insightType) == [.apiErrorRate])
  }
}
