// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The counts of one series: its minutes with events, ascending.
public struct SeriesCounts: Sendable {
  /// What is counted.
  public let key: SeriesKey
  /// Minutes since 1970-01-01T00:00Z that have events, ascending.
  public let minutes: [Int32]
  /// Events before each of `minutes`, and behind the last one all of them: `minutes.count + 1`.
  public let cumulative: [Int]

  /// Creates the counts of a series.
  ///
  /// - Precondition: `minutes` ascend without repeats; there are as many counts.
  public init(key: SeriesKey, minutes: [Int32], counts: [Int]) {
    precondition(minutes.count == counts.count, "every minute needs a count")
    self.key = key
    self.minutes = minutes
    var sum = 0
    var cumulative = [0]
    cumulative.reserveCapacity(counts.count + 1)
    for count in counts {
      sum += count
      cumulative.append(sum)
    }
    self.cumulative = cumulative
  }

  /// All events.
  public var total: Int { cumulative[minutes.count] }

  /// Events in the minute at an index of `minutes`.
  public func count(at index: Int) -> Int { cumulative[index + 1] - cumulative[index] }

  /// Index of the first minute at or after a minute.
  ///
  /// - Complexity: O(log n).
  public func lowerBound(_ minute: Int) -> Int {
    var low = 0
    var high = minutes.count
    while low < high {
      let middle = (low + high) / 2
      if Int(minutes[middle]) < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Events from one minute up to, not including, another.
  public func total(from start: Int, to end: Int) -> Int {
    cumulative[lowerBound(end)] - cumulative[lowerBound(start)]
  }
}

/// Counts sorted for reading: by series key, and by minute within a series.
public struct CountHistory: Sendable {
  /// Sorted by key; a series without events does not occur.
  public let series: [SeriesCounts]
  /// Who made the calls.
  public let attributions: AttributionTable

  /// Sorts a table; cells whose counts were all taken back are left out.
  ///
  /// - Complexity: O(n log n) in the cells.
  public init(_ table: CountTable) {
    let order = table.series.indices.sorted { table.series[$0] < table.series[$1] }
    var rank = [Int](repeating: 0, count: order.count)
    for (position, number) in order.enumerated() { rank[number] = position }
    let cells = table.cellCounts.indices.filter { table.cellCounts[$0] > 0 }
      .map { cell in
        let minute = UInt64(table.minute(ofCell: cell).sinceEpoch)
        return (UInt64(rank[table.seriesNumber(ofCell: cell)]) << 32 | minute, cell)
      }
      .sorted { $0.0 < $1.0 }
    var series: [SeriesCounts] = []
    var starts: [Int] = []
    var position = 0
    for number in order.indices {
      let start = position
      while position < cells.count, Int(cells[position].0 >> 32) == number { position += 1 }
      guard position > start else { continue }
      let slice = cells[start..<position]
      series.append(
        SeriesCounts(
          key: table.series[order[number]],
          minutes: slice.map { Int32(truncatingIfNeeded: $0.0 & 0xFFFF_FFFF) },
          counts: slice.map { Int(table.cellCounts[$0.1]) }))
      starts.append(start)
    }
    self.series = series
    attributions = AttributionTable(table, cells: cells.map { $0.1 }, seriesStarts: starts)
  }
}
