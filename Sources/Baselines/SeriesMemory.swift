// SPDX-License-Identifier: Apache-2.0
import Counts

/// All that is remembered of a series between days.
struct SeriesMemory: Sendable {
  /// Factor by which a day's weight in spread and tail falls each day: a half-life of ten days.
  static let forgetting = 0.933
  /// The same for long windows while the model is young: what they missed then was mostly its fault.
  static func forgettingOfLong(ageDays: Int) -> Double {
    ageDays <= 8 ? 0.72 : ageDays <= 14 ? 0.85 : forgetting
  }

  /// Ascending by day; days without a record had no events.
  var records: [DayRecord] = []
  var dispersion = Dispersion()
  var schedule = Schedule()
  var tail = TailStretch()
  /// Of the days that count, by time.
  var surprises: [Surprise] = []
  /// Days before it no longer tell the level.
  var levelStart = Int.min

  /// Learns a day.
  ///
  /// - Parameters:
  ///   - day: days since 1970-01-01; later than any learnt before.
  ///   - counts: the series' events; those of other days are not looked at.
  ///   - baseline: what was forecast for the day; `nil` on the first.
  ///   - outcome: what the later stages made of it.
  ///   - baselineDays: days of history that are kept, this one included.
  mutating func learn(
    day: Int, counts: SeriesCounts, baseline: Baseline?, outcome: DayOutcome, baselineDays: Int
  ) {
    let activity = DayActivity(counts, day: day, outcome: outcome)
    dispersion.forget(
      by: Self.forgetting, longBy: Self.forgettingOfLong(ageDays: baseline?.ageDays ?? 0))
    tail.forget(by: Self.forgetting)
    if let baseline {
      let expected = baseline.cumulativeExpectation()
      activity.measureSpread(baseline, expected: expected, into: &dispersion)
      tail.add(outcome.peaks)
    }
    let episodes = activity.episodes(baseline: baseline)
    schedule.add(episodes, day: day)
    surprises.removeAll { $0.minute < (day + 1 - baselineDays) * 1440 }
    surprises += outcome.surprises
    records.removeAll { $0.day <= day - baselineDays }
    records.append(activity.record(without: scheduled(episodes, baseline: baseline)))
    if outcome.levelMoved { levelStart = day }
  }

  /// The episodes that came where the schedule said.
  private func scheduled(_ episodes: [Episode], baseline: Baseline?) -> [Episode] {
    guard let baseline else { return [] }
    return episodes.filter { episode in
      let phase = episode.start % 1440
      return baseline.bursts.contains { $0.earliest <= phase && phase < $0.latest }
    }
  }
}
