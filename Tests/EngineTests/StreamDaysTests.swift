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
    for day in 0..<PlantedHistory.days {
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
}
