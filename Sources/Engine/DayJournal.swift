// SPDX-License-Identifier: Apache-2.0
import Baselines
import Insights
import Scores

/// Keeps what happened on a day of a series, for the baseline to learn from.
struct DayJournal {
  private(set) var outcome: DayOutcome
  private let dayStart: Int

  init(_ outcome: DayOutcome, day: Int) {
    self.outcome = outcome
    dayStart = day * 1440
  }

  /// Notes an insight that ended.
  mutating func note(_ incident: Incident, scorer: WindowScorer) {
    if incident.isMovedLevel {
      let end = incident.end ?? incident.detected
      let count = Double(scorer.count(from: incident.start, to: end))
      let expected = scorer.expected(from: incident.start, to: end)
      outcome.movedLevel = MovedLevel(
        minute: incident.start, factor: (count + 1) / (expected + 1))
    } else if let end = incident.end {
      noteTold(incident.start..<end)
    }
  }

  /// Notes minutes inside an insight, as far as they lie on the day.
  mutating func noteTold(_ minutes: Range<Int>) {
    let part = minutes.clamped(to: dayStart..<dayStart + 1440)
    guard !part.isEmpty else { return }
    outcome.told.append(part.lowerBound - dayStart..<part.upperBound - dayStart)
  }
}
