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

  @Test("a drop that was told from a part of the counts is judged anew when its peers' come")
  func latePeers() {
    var planted = busy(seed: 5, days: 16)
    planted.silence("Steady", Self.noon..<Self.noon + 240)
    let expected = detect(planted)
    #expect(expected.map(\.direction) == [.below])
    let firstDay = planted.firstMinute / 1440
    var run = DetectionRun(options: DetectionOptions())
    for day in 0..<15 {
      run.absorb(planted.history(of: planted.counts(ofDay: day)))
      run.begin(day: firstDay + day)
      run.judge(until: (firstDay + day + 1) * 1440)
      run.finish()
    }
    let last = planted.counts(ofDay: 15)
    let end = (firstDay + 16) * 1440
    run.absorb(planted.history(of: last.filter { $0.key == "Steady" }))
    run.begin(day: firstDay + 15)
    run.judge(until: end)
    #expect(run.insights.isEmpty, "without its peers nothing tells a drop from an outage")
    run.absorb(planted.history(of: last.filter { $0.key != "Steady" }))
    run.judge(until: end)
    #expect(run.insights.map(\.id) == expected.map(\.id))
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
