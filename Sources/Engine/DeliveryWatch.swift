// SPDX-License-Identifier: Apache-2.0
import Counts
import Scores
import Vocabulary

/// Watches whether whole accounts or Regions deliver at all.
///
/// When nothing comes from one for ten minutes or more in which forty events or more were expected,
/// those minutes are a gap: missing, not zero. What comes in the hour behind a gap may be a
/// backlog; expectations there are raised by the factor at which the whole group runs.
struct DeliveryWatch {
  static let shortestGap = 10
  static let leastExpected = 40.0
  static let backlogMinutes = 60

  /// Series that share a way of delivery; the coarsest group that is silent names the gap.
  struct Group: Codable, Sendable {
    let account: String
    let region: String
    /// The last minute with an event, and what was expected since, up to the day watched last.
    var lastActive: Int?
    var expectedSince = 0.0
    /// The gap that ended last, for its backlog.
    var lastGap: Range<Int>?
  }

  private(set) var gaps: [Coverage.Gap]
  private(set) var groups: [Group]
  /// By group, the indices of its series.
  private var members: [[Int]] = []

  /// Begins to watch, or goes on.
  ///
  /// - Parameters:
  ///   - series: all series, in order.
  ///   - groups: how far the watch had come.
  ///   - gaps: those found before.
  init(_ series: [SeriesCounts], groups: [Group] = [], gaps: [Coverage.Gap] = []) {
    self.groups = groups
    self.gaps = gaps
    regroup(series)
  }

  /// Takes note that series came.
  mutating func regroup(_ series: [SeriesCounts]) {
    var members: [[String]: [Int]] = [:]
    for (index, counts) in series.enumerated() {
      let key = counts.key
      members[["*", "*"], default: []].append(index)
      members[[key.recipientAccountID, "*"], default: []].append(index)
      members[[key.recipientAccountID, key.awsRegion], default: []].append(index)
    }
    let known = Dictionary(groups.map { ([$0.account, $0.region], $0) }) { first, _ in first }
    let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    groups = sorted.map { known[$0.key] ?? Group(account: $0.key[0], region: $0.key[1]) }
    self.members = sorted.map(\.value)
  }

  /// Sums up what a day expects of each group, minute by minute.
  ///
  /// - Parameter expectations: the day's forecast per series, `nil` where there is none yet.
  /// - Returns: the events expected of each group in each minute of the day.
  /// - Complexity: O(minutes · series).
  func expectedByGroup(_ expectations: [DayExpectation?]) -> [[Double]] {
    members.map { members in
      var expected = [Double](repeating: 0, count: Minute.minutesPerDay)
      for index in members {
        expectations[index]?.add(to: &expected)
      }
      return expected
    }
  }

  /// Looks for gaps that end or stand on a day.
  ///
  /// - Parameters:
  ///   - today: what the day expects; days are watched in order.
  ///   - end: the minute behind the last with data.
  ///   - series: the counts of all series.
  /// - Returns: the day's gaps and the backlogs behind gaps, per series.
  mutating func watch(_ today: DayRun, until end: Int, series: [SeriesCounts]) -> Interruptions {
    let day = today.day
    var interruptions = Interruptions(seriesCount: series.count)
    for number in groups.indices {
      let tally = DayTally(
        today, group: number, members: members[number], until: end, series: series)
      let ended = watch(number, tally, until: end)
      for gap in ended { interruptions.add(gap, members: members[number], day: day) }
      if let gap = groups[number].lastGap, gap.upperBound + Self.backlogMinutes > day * 1440 {
        interruptions.addBacklog(tally.backlog(after: gap.upperBound), members: members[number])
      }
    }
    return interruptions
  }

  private mutating func watch(_ number: Int, _ tally: DayTally, until end: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var expected = groups[number].expectedSince
    var quietSince = groups[number].lastActive.map { $0 + 1 }
    let dayStart = tally.day * 1440
    for minute in dayStart..<min(dayStart + 1440, end) {
      let isActive = tally.counts[minute - dayStart] > 0
      if isActive {
        if let start = quietSince, let gap = gap(start..<minute, expected) {
          found.append(gap)
          groups[number].lastGap = gap
          report(gap, of: groups[number])
        }
        quietSince = minute + 1
        expected = 0
      } else {
        expected += tally.expected[minute - dayStart]
      }
    }
    groups[number].lastActive = quietSince.map { $0 - 1 }
    groups[number].expectedSince = expected
    // A gap that still stands at midnight must not teach the day, either.
    let dayEnd = dayStart + 1440
    if let start = quietSince, dayEnd < end, let gap = gap(start..<dayEnd, expected) {
      found.append(gap)
    }
    return found
  }

  private func gap(_ range: Range<Int>, _ expected: Double) -> Range<Int>? {
    range.count >= Self.shortestGap && expected >= Self.leastExpected ? range : nil
  }

  /// A gap is told once, by the widest group that is silent; groups are in that order.
  private mutating func report(_ range: Range<Int>, of group: Group) {
    let told = gaps.contains { gap in
      (gap.recipientAccountID == "*" || gap.recipientAccountID == group.account)
        && (gap.awsRegion == "*" || gap.awsRegion == group.region)
        && gap.range.start.sinceEpoch < range.upperBound
        && range.lowerBound < gap.range.end.sinceEpoch
    }
    guard !told else { return }
    gaps.append(
      Coverage.Gap(
        recipientAccountID: group.account, awsRegion: group.region,
        range: MinuteRange(
          start: Minute(sinceEpoch: range.lowerBound), end: Minute(sinceEpoch: range.upperBound))))
  }
}

/// What a group of series delivered, and was expected to deliver, in each minute of a day.
struct DayTally {
  let day: Int
  private(set) var counts = [Double](repeating: 0, count: 1440)
  /// Counts with each series cut to a few times what it expects, so that no single series makes a
  /// backlog.
  private(set) var bounded = [Double](repeating: 0, count: 1440)
  let expected: [Double]

  init(_ today: DayRun, group: Int, members: [Int], until end: Int, series: [SeriesCounts]) {
    day = today.day
    expected = today.expectedByGroup[group]
    let start = day * 1440
    for index in members {
      guard let expectation = today.expectations[index] else { continue }
      let counts = series[index]
      let range = counts.lowerBound(start)..<counts.lowerBound(min(start + 1440, end))
      for position in range {
        let minute = Int(counts.minutes[position]) - start
        let count = Double(counts.count(at: position))
        self.counts[minute] += count
        bounded[minute] += min(count, 2 + 6 * expectation.total(minute, minute + 1))
      }
    }
  }

  /// Returns, for each minute of the hour after a gap that lies on this day, by how much the group
  /// has run above its expectation since the gap.
  func backlog(after gapEnd: Int) -> [(minuteOfDay: Int, factor: Double)] {
    let start = day * 1440
    let first = max(gapEnd, start)
    let last = min(gapEnd + DeliveryWatch.backlogMinutes, start + 1440)
    guard first < last else { return [] }
    return (first..<last).map { minute in
      let recent = max(first, minute - 9)...minute
      let observed = recent.reduce(0) { $0 + bounded[$1 - start] }
      let expected = recent.reduce(0) { $0 + self.expected[$1 - start] }
      return (minute - start, max(1, (observed + 5) / (expected + 5)))
    }
  }
}
