// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Testing
import Vocabulary

@testable import Engine

@Suite("Detection on planted histories")
struct DetectionRunTests {
  private func detect(_ history: CountHistory) -> (insights: [Insight], gaps: [Coverage.Gap]) {
    var run = DetectionRun(history: history, options: DetectionOptions())
    return run.run()
  }

  private func usual(seed: UInt64) -> PlantedHistory {
    var planted = PlantedHistory(seed: seed)
    planted.add("Steady") { _ in 0.8 }
    planted.add("Diurnal") { minute in
      let hour = minute / 60 % 24
      return minute / 1440 % 7 < 5 && (8..<18).contains(hour) ? 3 : 0.1
    }
    planted.add("Sparse") { _ in 0.002 }
    planted.add("Nightly") { minute in (120..<124).contains(minute % 1440) ? 12 : 0.001 }
    return planted
  }

  @Test("a usual trail is quiet", arguments: 1...3)
  func quiet(seed: UInt64) {
    #expect(detect(usual(seed: seed).history()).insights.isEmpty)
  }

  @Test("a burst on a sparse series is told, with its minutes")
  func burst() throws {
    var planted = usual(seed: 5)
    let start = 10 * 1440 + 900
    planted.plant("Sparse", from: start, minutes: 4, count: 8)
    let insights = detect(planted.history()).insights
    let insight = try #require(insights.first)
    #expect(insights.count == 1)
    #expect(insight.series.eventName == "Sparse")
    #expect(insight.start.sinceEpoch == planted.firstMinute + start)
    #expect(insight.end?.sinceEpoch == planted.firstMinute + start + 4)
    #expect(insight.detected - insight.start <= 3)
    #expect(insight.statistics.calls >= 32)
    #expect(insight.severity > 30)
    #expect(insight.excerpt.counts.count == insight.excerpt.expected.count)
  }

  @Test("a nightly burst at the wrong hour is told, at its own hour not")
  func wrongHour() {
    var planted = usual(seed: 6)
    planted.plant("Nightly", from: 11 * 1440 + 700, minutes: 4, count: 12)
    let insights = detect(planted.history()).insights
    #expect(insights.map { $0.start.sinceEpoch - planted.firstMinute } == [11 * 1440 + 700])
  }

  @Test("a slow burn is one insight, not many")
  func slowBurn() {
    var planted = usual(seed: 7)
    planted.plant("Steady", from: 10 * 1440 + 100, minutes: 180, count: 3)
    let insights = detect(planted.history()).insights
    #expect(insights.count == 1)
    #expect(insights.allSatisfy { abs($0.start.sinceEpoch - planted.firstMinute - 14500) <= 3 })
    #expect(
      insights.allSatisfy { abs(($0.end?.sinceEpoch ?? 0) - planted.firstMinute - 14680) <= 10 })
  }

  @Test("a level that moved for good is told once, and ends")
  func movedLevel() {
    var planted = usual(seed: 8)
    planted.plant("Steady", from: 9 * 1440 + 600, minutes: 14 * 1440 - (9 * 1440 + 600), count: 4)
    let insights = detect(planted.history()).insights
    #expect(insights.count == 1)
    #expect(insights.allSatisfy { $0.end != nil })
  }

  @Test("a level that moved on a series that sleeps at night is told once, not each morning")
  func movedByDay() {
    var planted = usual(seed: 12)
    let moved = 9 * 1440 + 480
    planted.add("Office") { minute in
      let hour = minute / 60 % 24
      let usual = minute / 1440 % 7 < 5 && (8..<18).contains(hour) ? 0.12 : 0.002
      return minute < moved ? usual : 5 * usual
    }
    let insights = detect(planted.history()).insights.filter { $0.series.eventName == "Office" }
    #expect(insights.count == 1)
    #expect(insights.allSatisfy { abs($0.start.sinceEpoch - planted.firstMinute - moved) < 60 })
  }

  @Test("a burst too large to be anybody's first is told in the first week, a small one is not")
  func firstWeek() {
    var planted = usual(seed: 13)
    planted.plant("Sparse", from: 3 * 1440 + 700, minutes: 5, count: 100)
    planted.plant("Nightly", from: 4 * 1440 + 700, minutes: 4, count: 4)
    let insights = detect(planted.history()).insights
    #expect(insights.map(\.series.eventName) == ["Sparse"])
  }

  @Test("an outage of everything is a gap, and what comes behind it no insight")
  func outage() {
    var planted = usual(seed: 9)
    planted.silence(9 * 1440 + 600..<9 * 1440 + 720)
    for name in ["Steady", "Diurnal"] {
      planted.plant(name, from: 9 * 1440 + 720, minutes: 15, count: name == "Steady" ? 1 : 4)
    }
    let (insights, gaps) = detect(planted.history())
    #expect(insights.isEmpty)
    #expect(gaps.count == 1)
    #expect(gaps.allSatisfy { $0.recipientAccountID == "*" })
    #expect(gaps.allSatisfy { abs($0.range.minuteCount - 120) <= 2 })
  }

  @Test("detection is causal: later days change nothing of what was told before")
  func causal() {
    var planted = usual(seed: 10)
    planted.plant("Sparse", from: 9 * 1440 + 900, minutes: 3, count: 14)
    planted.plant("Steady", from: 11 * 1440 + 900, minutes: 30, count: 8)
    planted.plant("Diurnal", from: 12 * 1440 + 60, minutes: 40, count: 5)
    let whole = detect(planted.history()).insights
    #expect(Set(whole.map(\.series.eventName)) == ["Sparse", "Steady", "Diurnal"])
    for days in 9...13 {
      let cut = planted.firstMinute + days * 1440
      let part = detect(planted.history(days: days)).insights
      let before = whole.filter { $0.detected.sinceEpoch < cut }
      #expect(part.map(\.id) == before.map(\.id))
      #expect(part.map(\.detected) == before.map(\.detected))
    }
  }
}
