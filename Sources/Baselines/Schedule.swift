// SPDX-License-Identifier: Apache-2.0

/// A burst of a series in the past: minutes of activity far above the smooth baseline.
struct Episode: Codable, Sendable {
  /// Minutes since 1970-01-01T00:00Z.
  let start: Int
  /// Minutes from the first to behind the last with events.
  let duration: Int
  /// Its events.
  let count: Double
  /// Events beyond the smooth baseline of its time.
  let excess: Double
  /// How much it would say of storms: less where it was told, nothing where it was long.
  let stormWeight: Double
}

/// A burst that the past leads one to expect at a time of this day.
public struct ScheduledBurst: Codable, Sendable {
  /// The minute of the day from which on it may run; below 0 where it may come before midnight.
  public let earliest: Int
  /// The minute of the day behind its latest; above 1440 where it may run past midnight.
  public let latest: Int
  /// Events expected in it.
  public let mean: Double
  /// Standard deviation of the events in it.
  public let deviation: Double
}

/// Remembers bursts by their phase of day and week, and says which may come again.
///
/// A burst is expected near a minute of the day where one came on at least half of the days known,
/// up to four of the last seven; or on the same weekday a week ago, and from the third week on in
/// two of the last weeks. Jobs that run every hour are those of 24 minutes of the day.
struct Schedule: Codable, Sendable {
  static let tolerance = 6
  private static let daysKept = 28

  private(set) var episodes: [Episode] = []

  /// The third largest burst at no recurring time: so much a series may do any time; 0 with fewer.
  var usualBurst: Double {
    var largest = [0.0, 0.0, 0.0]
    let recurrence = Recurrence(of: episodes)
    for episode in episodes
    where episode.duration <= DayActivity.longestStorm && episode.excess > largest[2]
      && !recurrence.contains(episode.start)
    {
      largest[2] = episode.excess
      largest.sort(by: >)
    }
    return largest[2]
  }

  mutating func add(_ new: [Episode], day: Int) {
    episodes.removeAll { $0.start < (day - Self.daysKept) * 1440 }
    episodes += new
  }

  /// Finds the bursts to expect on a day.
  ///
  /// - Parameters:
  ///   - day: days since 1970-01-01; only earlier episodes are looked at.
  ///   - age: days since the series' account delivered first.
  /// - Returns: bursts by time of day.
  func bursts(onDay day: Int, age: Int) -> [ScheduledBurst] {
    let candidates = candidates(onDay: day)
    var bursts: [ScheduledBurst] = []
    var first = 0
    for index in candidates.indices {
      let isLast = index + 1 == candidates.count
      if !isLast, candidates[index + 1].phase - candidates[first].phase <= 2 * Self.tolerance {
        continue
      }
      let cluster = candidates[first...index]
      first = index + 1
      if Self.isExpected(cluster, age: age) {
        bursts.append(burst(cluster))
      }
    }
    return bursts
  }

  /// The episodes of the last seven days and of the same weekday, by time of day and then by day.
  private func candidates(onDay day: Int) -> [Candidate] {
    var candidates: [Candidate] = []
    candidates.reserveCapacity(episodes.count)
    for index in episodes.indices {
      let (start, duration) = (episodes[index].start, episodes[index].duration)
      let (phase, back) = (start % 1440, day - start / 1440)
      func add(_ phase: Int, _ back: Int) {
        guard back >= 1, back <= 7 || back % 7 == 0 else { return }
        candidates.append(Candidate(phase: phase, daysSince: back, index: index))
      }
      add(phase, back)
      // Near midnight, also as seen from the day beside it, from which it starts before the first
      // minute or behind the last: a job of midnight starts on either.
      if phase < 2 * Self.tolerance { add(phase + 1440, back + 1) }
      if phase + duration + Self.tolerance > 1440 { add(phase - 1440, back - 1) }
    }
    candidates.sort()
    return candidates
  }

  private static func isExpected(_ cluster: ArraySlice<Candidate>, age: Int) -> Bool {
    // A bit a day, and a week, ago.
    var (daily, weekly) = (0 as UInt64, 0 as UInt64)
    for candidate in cluster {
      if candidate.daysSince <= 7 { daily |= 1 << UInt64(candidate.daysSince) }
      if candidate.daysSince % 7 == 0 { weekly |= 1 << UInt64(candidate.daysSince / 7) }
    }
    if daily.nonzeroBitCount >= max(1, min(4, (age + 1) / 2)) { return true }
    return weekly & 2 != 0 && weekly.nonzeroBitCount >= (age >= 15 ? 2 : 1)
  }

  private func burst(_ cluster: ArraySlice<Candidate>) -> ScheduledBurst {
    let sizes = cluster.map { episodes[$0.index].excess }
    let mean = sizes.reduce(0, +) / Double(sizes.count)
    let variance = sizes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sizes.count)
    // With one or two seen, their spread says little: half the size is assumed as deviation.
    let assumed = 0.5 * mean
    let weight = Double(sizes.count) / (Double(sizes.count) + 3)
    let deviation = (weight * variance + (1 - weight) * assumed * assumed + mean).squareRoot()
    let starts = cluster.map(\.phase)
    let ends = cluster.map { $0.phase + episodes[$0.index].duration }
    return ScheduledBurst(
      earliest: (starts.min() ?? 0) - Self.tolerance,
      latest: (ends.max() ?? 0) + Self.tolerance,
      mean: mean, deviation: deviation)
  }
}

/// A past episode that may tell of a day.
///
/// One number holds all, so that the earlier in the day, then the longer ago, then the one that was
/// told first is the smaller one.
private struct Candidate: Comparable {
  private static let (daysShift, phaseShift, mask) = (20, 40, (1 << 20) - 1)

  private let bits: Int

  init(phase: Int, daysSince: Int, index: Int) {
    bits = (phase + 1440) << Self.phaseShift | (Self.mask - daysSince) << Self.daysShift | index
  }

  /// Its minute of the day: below 0 or above 1439 where it began on the day beside it.
  var phase: Int { bits >> Self.phaseShift - 1440 }

  var daysSince: Int { Self.mask - bits >> Self.daysShift & Self.mask }

  /// Where it is among the episodes.
  var index: Int { bits & Self.mask }

  static func < (left: Candidate, right: Candidate) -> Bool { left.bits < right.bits }
}
