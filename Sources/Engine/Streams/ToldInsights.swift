// SPDX-License-Identifier: Apache-2.0
public import Insights
import Store
import Vocabulary

/// What a stream says of an insight.
public enum StreamEvent: Sendable {
  /// It began, as far as it is known by now.
  case started(Insight)
  /// It is over; its `id` is the one under which its start was told.
  case ended(Insight)
}

/// The insights that a stream has told of, so that each start is told once and each end follows.
///
/// A start is told as soon as it shows, while events of the same minutes may still come; they can
/// move it by minutes. What overlaps with an insight that was told is that insight, under the id that
/// was told.
struct ToldInsights {
  struct Told: Codable {
    var insight: Insight
    var hasEnded = false
    /// The start under which it was told, which later events may have moved.
    let toldStart: Minute

    init(_ insight: Insight) {
      self.insight = insight
      toldStart = insight.start
    }

    var start: Int { insight.start.sinceEpoch }
    var knownEnd: Int { insight.end?.sinceEpoch ?? insight.detected.sinceEpoch }
  }

  private var told: [SeriesKey: [Told]] = [:]
  /// What changed since it was saved last.
  private var changed: [Told] = []
  /// Starts that no insight followed, once all events were there.
  private(set) var withdrawnCount = 0

  /// Returns what was told of the insight from one minute to another.
  private func index(_ key: SeriesKey, from start: Int, to end: Int) -> Int? {
    guard let all = told[key] else { return nil }
    return all.firstIndex { $0.start == start }
      ?? all.firstIndex { $0.start < end && start < $0.knownEnd }
  }

  /// Whether an incident of a series was told.
  func knows(_ key: SeriesKey, _ incident: Incident) -> Bool {
    index(key, from: incident.start, to: incident.end ?? .max) != nil
  }

  /// Tells of an insight what was not told yet.
  ///
  /// - Parameters:
  ///   - insight: open or ended.
  ///   - isFinal: whether no event will change it any more: only then its end is told.
  /// - Returns: what is to be told now.
  mutating func tell(_ insight: Insight, isFinal: Bool) -> [StreamEvent] {
    let key = insight.series
    let end = insight.end?.sinceEpoch ?? .max
    var events: [StreamEvent] = []
    if index(key, from: insight.start.sinceEpoch, to: end) == nil {
      told[key, default: []].append(Told(insight))
      changed.append(Told(insight))
      events.append(.started(insight))
    }
    guard isFinal, insight.end != nil,
      let index = index(key, from: insight.start.sinceEpoch, to: end),
      let known = told[key]?[index], !known.hasEnded
    else { return events }
    var ended = known
    ended.insight = insight.identified(as: known.insight.id)
    ended.hasEnded = true
    told[key]?[index] = ended
    changed.append(ended)
    return events + [.ended(ended.insight)]
  }

  /// Ends what was told of series and is no insight, now that all events up to a minute are there;
  /// `isThere` says whether a series has an insight in some minutes.
  mutating func withdraw(
    before minute: Int, unless isThere: (SeriesKey, Range<Int>) -> Bool
  ) -> [StreamEvent] {
    var events: [StreamEvent] = []
    for (key, all) in told.sorted(by: { $0.key < $1.key }) {
      for (index, known) in all.enumerated()
      where !known.hasEnded && known.insight.detected.sinceEpoch < minute
        && !isThere(key, known.start..<max(known.start + 1, known.knownEnd))
      {
        var ended = known
        ended.insight = known.insight.ended(at: known.insight.detected)
        ended.hasEnded = true
        told[key]?[index] = ended
        changed.append(ended)
        withdrawnCount += 1
        events.append(.ended(ended.insight))
      }
    }
    return events
  }

  // MARK: Kept between runs

  /// Restores what an earlier run told.
  mutating func restore(_ all: [Told]) {
    for one in all { told[one.insight.series, default: []].append(one) }
  }

  /// Takes what changed since the last time away.
  mutating func takeChanged() -> [Told] {
    defer { changed = [] }
    return changed
  }

  /// Forgets what ended before a minute.
  mutating func drop(endedBefore minute: Int) {
    for (key, all) in told {
      let kept = all.filter { !$0.hasEnded || $0.knownEnd >= minute }
      told[key] = kept.isEmpty ? nil : kept
    }
  }

  /// Insights told that have not ended.
  var openCount: Int { told.values.reduce(0) { $0 + $1.count { !$0.hasEnded } } }
}
