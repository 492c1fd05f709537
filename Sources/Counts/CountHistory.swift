// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Counts sorted for reading: by series key, and by minute within a series.
public struct CountHistory: Sendable {
  /// Sorted by key; a series without events does not occur.
  public let series: [SeriesCounts]
  /// Who made the calls.
  public private(set) var attributions: AttributionTable

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

  /// Forgets which events show the calls: two thirds of a day's memory.
  public mutating func dropEvidence() { attributions.dropEvidence() }
}
