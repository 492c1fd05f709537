// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import TestSupport
import Testing
import Vocabulary

@testable import Engine

/// A run over counts that come in portions, with stops between days, finds what one run finds.
@Suite("Detection in portions")
struct PortionTests {
  private static let firstDay = 20458

  private func planted(seed: UInt64) -> PlantedHistory {
    var planted = PlantedHistory(seed: seed, days: 16)
    for name in ["B", "C", "D"] { planted.add(name) { _ in 0.6 } }
    planted.add("Steady!Denied") { _ in 0.05 }
    planted.add("Steady") { _ in 0.8 }
    planted.add("Diurnal") { minute in
      minute / 1440 % 7 < 5 && (8..<18).contains(minute / 60 % 24) ? 3 : 0.1
    }
    planted.add("Sparse") { _ in 0.002 }
    // Comes in the middle of a day, and stands before all others in the order of keys.
    planted.add("A newcomer") { minute in minute < 10 * 1440 + 700 ? 0 : 0.05 }
    planted.plant("Sparse", from: 8 * 1440 + 900, minutes: 3, count: 14)
    planted.plant("Steady", from: 9 * 1440 + 1400, minutes: 90, count: 8)
    planted.plant("Diurnal", from: 12 * 1440 + 60, minutes: 40, count: 5)
    planted.plant("A newcomer", from: 11 * 1440 + 30, minutes: 6, count: 9)
    planted.silence("C", 14 * 1440 + 700..<14 * 1440 + 950)
    planted.plant("Steady!Denied", from: 9 * 1440 + 1410, minutes: 20, count: 2)
    planted.silence(10 * 1440 + 100..<10 * 1440 + 300)
    return planted
  }

  /// The counts of each day as portions in any order.
  private func portions(
    of planted: PlantedHistory, _ generator: inout SeededGenerator
  ) -> [[CountHistory]] {
    (0..<planted.days).map { day in
      var parts = Array(
        repeating: [String: [Int: Int]](), count: Int.random(in: 1...6, using: &generator))
      for name in planted.minutes.keys.sorted() {
        for minute in day * 1440..<(day + 1) * 1440 {
          for _ in 0..<(planted.minutes[name]?[minute] ?? 0) {
            parts[Int.random(in: parts.indices, using: &generator)][name, default: [:]][
              minute, default: 0] += 1
          }
        }
      }
      return parts.map { planted.history(of: $0) }
    }
  }

  @Test("portions, looks ahead and restarts change nothing", arguments: 1...6)
  func portions(seed: UInt64) {
    let planted = planted(seed: seed)
    var whole = DetectionRun(history: planted.history(), options: DetectionOptions())
    let expected = whole.run()
    #expect(expected.insights.count >= 3, "there is something to compare")
    #expect(expected.insights.contains { $0.direction == .below })
    var generator = SeededGenerator(seed: seed)
    let days = portions(of: planted, &generator)
    var run = DetectionRun(options: DetectionOptions())
    var told = ToldInsights()
    var ended: [Insight] = []
    for (number, portions) in days.enumerated() {
      let day = Self.firstDay + number
      for (index, portion) in portions.enumerated() {
        run.absorb(portion)
        if index == 0 { run.begin(day: day) }
        _ = run.preview(until: minute(of: day, &generator), told: &told)
        run.judge(until: minute(of: day, &generator))
      }
      guard number + 1 < days.count else { break }
      run.judge(until: (day + 1) * 1440)
      run.finish()
      if Bool.random(using: &generator) { restart(&run, &ended, before: day + 1, days) }
    }
    run.judge(until: (run.minutes?.upperBound ?? 0) + 1)
    let found = ended + run.insights
    #expect(found.map { "\($0)" }.sorted() == expected.insights.map { "\($0)" }.sorted())
    #expect(run.gaps == expected.gaps)
  }

  private func minute(of day: Int, _ generator: inout SeededGenerator) -> Int {
    day * 1440 + Int.random(in: 0...1440, using: &generator)
  }

  /// Puts in place of a run what a later process makes of its checkpoint.
  private func restart(
    _ run: inout DetectionRun, _ ended: inout [Insight], before day: Int, _ days: [[CountHistory]]
  ) {
    ended += run.takeEnded()
    let (checkpoint, series) = run.checkpoint(before: day)
    let saved = (
      Packed.value(DetectionRun.Checkpoint.self, Packed.bytes(checkpoint)),
      Packed.value([DetectionRun.RememberedSeries].self, Packed.bytes(series))
    )
    guard let checkpoint = saved.0, let series = saved.1 else {
      Issue.record("what is saved can be read")
      return
    }
    run = DetectionRun(checkpoint: checkpoint, series: series, options: DetectionOptions())
    let known = max(0, day - DetectionRun.historyDays - Self.firstDay)..<day - Self.firstDay
    for portion in days[known].joined() { run.absorb(portion) }
  }
}
