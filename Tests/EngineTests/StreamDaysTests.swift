// SPDX-License-Identifier: Apache-2.0
import Counts
import Insights
import Testing
import Vocabulary

@testable import Engine

@Suite("The days of a stream")
struct StreamDaysTests {
  /// Tells all that a portion of counts leads to, as a stream does each time it judges.
  private func settle(
    _ days: inout StreamDays, _ told: inout ToldInsights, _ outlook: StreamRun.Outlook
  ) -> [StreamEvent] {
    var events: [StreamEvent] = []
    while let over = days.finishDayIfOver(outlook) {
      for insight in over.ended { events += told.tell(insight, isFinal: true) }
    }
    return events + days.judge(outlook, &told)
  }

  /// Why: a short file is read before the first second is over, so that all is judged but once.
  @Test(
    "days that come all at once are told as those that come one by one", arguments: [true, false])
  func atOnce(isAtOnce: Bool) {
    var planted = PlantedHistory(seed: 5)
    planted.add("Steady") { _ in 0.8 }
    planted.add("Sparse") { _ in 0.002 }
    planted.plant("Sparse", from: 10 * 1440 + 900, minutes: 4, count: 8)
    planted.plant("Steady", from: 12 * 1440 + 900, minutes: 30, count: 8)
    var days = StreamDays(options: StreamOptions())
    var told = ToldInsights()
    var events: [StreamEvent] = []
    for day in 0..<planted.days {
      days.absorb(planted.table(of: planted.counts(ofDay: day)))
      if !isAtOnce { events += settle(&days, &told, .more) }
    }
    events += settle(&days, &told, .end)
    var names: [String] = []
    for event in events {
      switch event {
      case .started(let insight): names.append("Start " + insight.series.eventName)
      case .ended(let insight): names.append("End " + insight.series.eventName)
      }
    }
    #expect(names == ["Start Sparse", "End Sparse", "Start Steady", "End Steady"])
  }

  /// Why: what was told cannot be taken back, and who reads must be able to pair start and end.
  @Test("a start that later events move keeps the identifier that it was told under")
  func movedStart() throws {
    var planted = PlantedHistory(seed: 5)
    planted.add("Steady") { _ in 0.8 }
    let burst = 12 * 1440 + 900
    planted.plant("Steady", from: burst, minutes: 30, count: 8)
    var whole = DetectionRun(history: planted.history(), options: DetectionOptions())
    let found = try #require(whole.run().insights.first)
    var days = StreamDays(options: StreamOptions())
    var told = ToldInsights()
    var events: [StreamEvent] = []
    for day in 0..<planted.days {
      let counts = planted.counts(ofDay: day)
      // The burst's first minutes come a quarter of an hour late.
      let portions: [(Int) -> Bool] = [
        { $0 < burst + 15 && !(burst..<burst + 4).contains($0) }, (burst..<burst + 4).contains,
        { $0 >= burst + 15 },
      ]
      for isIn in portions {
        days.absorb(planted.table(of: counts.mapValues { $0.filter { isIn($0.key) } }))
        events += settle(&days, &told, .more)
      }
    }
    events += settle(&days, &told, .end)
    guard events.count == 2, case .started(let start) = events[0], case .ended(let end) = events[1]
    else {
      Issue.record("not one start and one end: \(events)")
      return
    }
    #expect(start.id == end.id && start.id != found.id)
    #expect(end.start == found.start && end.end == found.end && start.start > found.start)
  }
}
