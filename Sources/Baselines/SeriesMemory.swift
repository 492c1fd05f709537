// SPDX-License-Identifier: Apache-2.0
import Counts

/// All that is remembered of a series between days.
public struct SeriesMemory: Codable, Sendable {
  /// Factor by which a day's weight in spread and tail falls each day: a half-life of ten days.
  static let forgetting = 0.933
  /// Days for which room is made before they come.
  private static let roomAhead = 28

  /// Ascending by day; days without a record had no events.
  var records: [DayRecord] = []
  var dispersion = Dispersion()
  var schedule = Schedule()
  var hourly = HourlySchedule()
  /// Days before it no longer tell the level.
  var levelStart = Int.min
  /// The last day that was told for hours, and from which minute on.
  private var longTold: LongInsight?

  /// Creates the memory of a series that was never seen.
  public init() {}

  /// Whether a day of it was learnt.
  var isKnown: Bool { !records.isEmpty }

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
    var outcome = outcome
    // Behind a move of the level, what is told is mostly the new level, and must teach.
    if isRelearning(day) { outcome.told = [] }
    let activity = DayActivity(counts, day: day, outcome: outcome)
    dispersion.forget(by: Self.forgetting)
    let expected = baseline?.cumulativeExpectation() ?? []
    if let baseline {
      activity.measureSpread(
        baseline, expected: expected,
        usualBurst: 1.5 * schedule.usualBurst, into: &dispersion)
    }
    hourly = activity.learned(hourly)
    let hourly = hourly
    let episodes = activity.episodes(baseline: baseline).filter { !hourly.contains($0.start) }
    schedule.add(episodes, day: day)
    records.removeAll { $0.day <= day - baselineDays }
    // All at once: room that grows by doubling leaves holes behind, and ends up half empty.
    records.reserveCapacity(min(baselineDays, Self.roomAhead))
    records.append(
      activity.record(without: scheduled(episodes, baseline: baseline), hourly: hourly))
    noteLongInsight(activity, day: day, told: outcome.told, expected: expected)
    if let moved = outcome.movedLevel { moveLevel(to: moved) }
  }

  /// Whether the level moved in the week before a day.
  func isRelearning(_ day: Int) -> Bool { levelStart > day - 7 && levelStart < day }

  /// Takes insights of four hours and more on two days in a row for a level that moved: at night,
  /// or at weekends, a higher level may be too low to hold an insight open for a day.
  private mutating func noteLongInsight(
    _ activity: DayActivity, day: Int, told: [Range<Int>], expected: [Double]
  ) {
    let length = told.reduce(0) { $0 + $1.count }
    guard !expected.isEmpty, let first = told.first, length >= 240 else { return }
    guard let last = longTold, last.day == day - 1 else {
      longTold = LongInsight(day: day, minute: day * 1440 + first.lowerBound)
      return
    }
    longTold = nil
    let factor = activity.ratio(in: told, expected: expected)
    moveLevel(to: MovedLevel(minute: last.minute, factor: factor))
  }

  /// Takes the days before a minute to the level behind it, so that the week's shape stays known;
  /// what was told of the new level teaches it.
  private mutating func moveLevel(to moved: MovedLevel) {
    levelStart = moved.minute / 1440
    for index in records.indices {
      let start = records[index].day * 1440
      var counts = records[index].counts.floats
      for bin in counts.indices where start + bin * HalfHours.minutes < moved.minute {
        counts[bin] *= Float(moved.factor)
      }
      records[index].counts = HalfHourCounts(counts)
      if start + 1440 > moved.minute { records[index].missing = records[index].gaps }
    }
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

/// Hours of a day that were told.
private struct LongInsight: Codable, Sendable {
  let day: Int
  /// Their first, since 1970-01-01T00:00Z.
  let minute: Int
}
