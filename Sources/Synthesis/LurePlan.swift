// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Finds what looks unusual and is not: each lure's best window has a chance above 1e-3.
struct LurePlan {
  private let plan: SeriesPlan
  private let rhythm: TrailRhythm
  private let seed: UInt64
  /// Series with incidents, on which there are no lures.
  private let busy: Set<Int>

  static let log10Limit = -3.0

  init(_ plan: SeriesPlan, _ rhythm: TrailRhythm, seed: UInt64, busy: Set<Int>) {
    self.plan = plan
    self.rhythm = rhythm
    self.seed = seed
    self.busy = busy
  }

  func lures(_ first: Minute) -> [TrailLure] {
    var lures: [TrailLure] = []
    for (kind, minutes) in [(TrailLure.Kind.outage, rhythm.outage), (.backlog, rhythm.backlog)]
    where !minutes.isEmpty {
      lures.append(lure(kind, nil, minutes, first))
    }
    var taken: [SeriesFamily: Int] = [:]
    for series in plan.series where !busy.contains(series.index) {
      // Some of each family are enough, and testing all would take as long as the trail itself.
      guard taken[series.family, default: 0] < 12 else { continue }
      let found = self.lures(on: series, first)
      taken[series.family, default: 0] += found.isEmpty ? 0 : 1
      lures += found
    }
    return lures.sorted {
      ($0.start, $0.kind.rawValue, $0.seriesIndex ?? -1)
        < ($1.start, $1.kind.rawValue, $1.seriesIndex ?? -1)
    }
  }

  private func lures(on series: SyntheticSeries, _ first: Minute) -> [TrailLure] {
    var found = candidates(series)
    guard !found.isEmpty || series.family == .clumpy else { return [] }
    let table = LawTable(series.law, rhythm)
    let counts = plan.usualCounts(series.index, seed: seed, rhythm)
    found += clumps(series, counts)
    // A week of growth is no window: of so many, one is always below the limit.
    let usual = found.filter {
      $0.0 == .growth || table.log10BestTail(counts, in: $0.1) > Self.log10Limit
    }
    return usual.prefix(series.family == .clumpy ? 3 : .max).map {
      lure($0.0, series.index, $0.1, first)
    }
  }

  private func lure(
    _ kind: TrailLure.Kind, _ series: Int?, _ minutes: Range<Int>, _ first: Minute
  ) -> TrailLure {
    TrailLure(
      kind: kind, seriesIndex: series, start: first + minutes.lowerBound,
      end: first + minutes.upperBound)
  }

  private func candidates(_ series: SyntheticSeries) -> [(TrailLure.Kind, Range<Int>)] {
    switch series.family {
    case .scheduled: bursts(series)
    case .diurnal: mondays
    case .newcomer:
      [(.quietNewcomer, series.law.firstMinute..<rhythm.minuteCount)]
    case .growth where rhythm.minuteCount >= 14 * 1440:
      [(.growth, rhythm.minuteCount - 7 * 1440..<rhythm.minuteCount)]
    default: []
    }
  }
}

extension LurePlan {
  /// The bursts of nightly and weekly jobs, from the second week on.
  private func bursts(_ series: SyntheticSeries) -> [(TrailLure.Kind, Range<Int>)] {
    guard let schedule = series.law.schedule, schedule.period > 60 else { return [] }
    let kind: TrailLure.Kind = schedule.period == 1440 ? .nightlyBurst : .scheduledJob
    return schedule.dueMinutes(rhythm).compactMap { due in
      let minutes = due - schedule.jitter..<due + schedule.jitter + schedule.minutes
      guard due >= 7 * 1440, minutes.upperBound < rhythm.minuteCount, rhythm.isQuiet(minutes)
      else { return nil }
      return (kind, minutes)
    }
  }

  private var mondays: [(TrailLure.Kind, Range<Int>)] {
    stride(from: 7 * 1440, to: rhythm.minuteCount, by: 1440).compactMap { day in
      guard (day / 1440 + rhythm.firstWeekday) % 7 == 0 else { return nil }
      let minutes = day + 6 * 60..<day + 10 * 60
      return rhythm.isQuiet(minutes) ? (.mondayMorning, minutes) : nil
    }
  }

  /// The densest quarters of an hour of a stormy series, from the second week on.
  private func clumps(
    _ series: SyntheticSeries, _ counts: [Int]
  ) -> [(TrailLure.Kind, Range<Int>)] {
    guard series.family == .clumpy else { return [] }
    let starts = stride(from: 7 * 1440, to: rhythm.minuteCount - 15, by: 15)
    let sums = starts.map { (counts[$0..<$0 + 15].reduce(0, +), $0) }
    let densest = sums.filter { $0.0 > 0 && rhythm.isQuiet($0.1..<$0.1 + 15) }
    return densest.sorted { ($0.0, $1.1) > ($1.0, $0.1) }.prefix(40).map {
      (.usualClump, $0.1..<$0.1 + 15)
    }
  }
}
