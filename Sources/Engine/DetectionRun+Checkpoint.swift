// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Insights
import LinearAlgebra
import Scores
public import Vocabulary

extension DetectionRun {
  /// Where a run stands between two days: all that a later run needs to go on, but for the counts of
  /// the last `historyDays`.
  public struct Checkpoint: Codable, Sendable {
    /// The day to be judged next, since 1970-01-01.
    public let day: Int
    let accounts: AccountClock
    let groups: [DeliveryWatch.Group]
    /// The gaps found so far.
    public let gaps: [Coverage.Gap]
  }

  /// What is remembered of one series at a checkpoint.
  public struct RememberedSeries: Codable, Sendable {
    /// What is counted.
    public let key: SeriesKey
    let firstMinute: Int
    let memory: SeriesMemory
    let tracker: InsightTracker
    let yesterday: DayExpectation?
  }

  /// Days of counts that a run looks back on: a week before an insight that may have lasted a day.
  public static let historyDays = 9

  /// Returns where the run stands before a day that is to be judged next; none may be at hand.
  func checkpoint(before day: Int) -> (Checkpoint, [RememberedSeries]) {
    let known = series.indices.filter { firstMinutes[$0] < day * Minute.minutesPerDay }
    return (
      Checkpoint(
        day: day, accounts: accounts, groups: deliveries.groups, gaps: deliveries.gaps),
      known.map { index in
        RememberedSeries(
          key: series[index].key, firstMinute: firstMinutes[index], memory: model[index],
          tracker: trackers[index], yesterday: yesterdays[index])
      }
    )
  }

  /// Creates a run that goes on from a checkpoint; counts are absorbed next.
  ///
  /// - Parameters:
  ///   - checkpoint: where it stood.
  ///   - remembered: its series, sorted by key.
  ///   - options: as those of the run before.
  public init(
    checkpoint: Checkpoint, series remembered: [RememberedSeries], options: DetectionOptions
  ) {
    self.init(options: options)
    insertSeries(remembered.map(\.key))
    for (index, series) in remembered.enumerated() {
      firstMinutes[index] = series.firstMinute
      model[index] = series.memory
      trackers[index] = series.tracker
      yesterdays[index] = series.yesterday
    }
    accounts = checkpoint.accounts
    // They are counted again from the counts at hand.
    accounts.dropDays(before: .max)
    deliveries = DeliveryWatch(series, groups: checkpoint.groups, gaps: checkpoint.gaps)
    deliveriesToday = deliveries
  }

  /// Days before the one at hand whose counts the judging of its minutes may look at: the windows at
  /// its start reach back into the first, and an insight may go on from there.
  private static let daysAtHand = 2

  /// Forgets the counts that are too old to be looked at before a day, and packs those that only what
  /// is told of an insight looks at.
  mutating func tidyCounts(before day: Int) {
    let oldest = day - Self.historyDays
    for index in series.indices {
      series[index].pack(
        before: (day - Self.daysAtHand) * Minute.minutesPerDay,
        dropping: oldest * Minute.minutesPerDay)
    }
    accounts.dropDays(before: oldest)
  }
}
