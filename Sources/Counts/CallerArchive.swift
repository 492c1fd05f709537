// SPDX-License-Identifier: Apache-2.0
import Synchronization
public import Vocabulary

/// Who made the calls of some stretches of time, each in a history of its own.
///
/// Why: a run over all of a trail has one history; a run that goes on day after day has one a day,
/// and drops the oldest.
public struct CallerArchive: Sendable {
  private let sealed: SealedCallers
  private let histories: [CountHistory]
  /// Those that still grow, sorted only when somebody asks.
  private let growing: GrowingHistories

  /// Creates an archive.
  ///
  /// - Parameters:
  ///   - histories: of stretches of time that do not overlap, the oldest first.
  ///   - sealed: of earlier days.
  ///   - growing: counts of later stretches of time, as they stand.
  public init(
    _ histories: [CountHistory], sealed: SealedCallers = SealedCallers(),
    growing: [CountTable] = []
  ) {
    self.sealed = sealed
    self.histories = histories
    self.growing = GrowingHistories(growing)
  }

  /// Returns every value of each attribute from a minute up to another, largest count first.
  ///
  /// - Returns: values with their events; attributes without a known value are left out.
  public func values(of key: SeriesKey, from start: Int, to end: Int)
    -> [Attribute: [AttributionTable.ValueCount]]
  {
    let parts = parts(of: key, from: start, to: end).map { part in
      part.history.attributions.values(series: part.series, minutes: part.minutes)
    }
    if sealed.isEmpty, parts.count == 1 { return parts[0] }
    var sums = sealed.values(of: key, in: start..<max(start, end))
    for (attribute, values) in parts.joined() {
      for value in values { sums[attribute, default: [:]][value.value, default: 0] += value.count }
    }
    return sums.mapValues { counts in
      AttributionTable.ValueCount.sorted(
        counts.map { AttributionTable.ValueCount(value: $0.key, count: $0.value) })
    }
  }

  /// Returns up to five events from a minute up to another, the earliest first.
  public func evidence(of key: SeriesKey, from start: Int, to end: Int) -> [EvidenceEvent] {
    let earlier = sealed.evidence(of: key, in: start..<max(start, end))
    let found = parts(of: key, from: start, to: end).lazy.flatMap { part in
      part.history.attributions.evidence(series: part.series, minutes: part.minutes)
    }
    return Array((earlier + found.prefix(EvidencePool.idsPerCell)).prefix(EvidencePool.idsPerCell))
  }

  private typealias Part = (history: CountHistory, series: Int, minutes: Range<Int>)

  private func parts(of key: SeriesKey, from start: Int, to end: Int) -> [Part] {
    (histories + growing.histories).compactMap { history in
      guard let series = history.index(of: key) else { return nil }
      let counts = history.series[series]
      let minutes = counts.lowerBound(start)..<counts.lowerBound(max(start, end))
      return minutes.isEmpty ? nil : (history, series, minutes)
    }
  }
}

extension CountHistory {
  /// Returns the index of a series in `series`; `nil` where it has no events.
  ///
  /// - Complexity: O(log n).
  public func index(of key: SeriesKey) -> Int? {
    var low = 0
    var high = series.count
    while low < high {
      let middle = (low + high) / 2
      if series[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < series.count && series[low].key == key ? low : nil
  }
}

/// Tables that are sorted the first time that somebody asks: most looks at a stream tell nothing.
private final class GrowingHistories: Sendable {
  private let tables: [CountTable]
  private let sorted = Mutex<[CountHistory]?>(nil)

  init(_ tables: [CountTable]) { self.tables = tables }

  var histories: [CountHistory] {
    sorted.withLock { sorted in
      let histories = sorted ?? tables.map { CountHistory($0) }
      sorted = histories
      return histories
    }
  }
}
