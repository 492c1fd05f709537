// SPDX-License-Identifier: Apache-2.0
import Vocabulary

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
    let sorted = Self.sort(table)
    series = sorted.series
    attributions = AttributionTable(table, cells: sorted.cells, seriesStarts: sorted.starts)
  }

  /// Returns the counts of a table alone, as those of a history.
  ///
  /// - Complexity: O(n log n) in the cells.
  public static func series(of table: CountTable) -> [SeriesCounts] { sort(table).series }

  /// The series of a table with the numbers of their cells by minute, and where those of each begin.
  private static func sort(
    _ table: CountTable
  ) -> (series: [SeriesCounts], cells: [Int32], starts: [Int]) {
    let order = table.series.indices.sorted { table.series[$0] < table.series[$1] }
    let (cells, bounds) = cells(of: table)
    var series: [SeriesCounts] = []
    var sorted: [Int32] = []
    var starts: [Int] = []
    sorted.reserveCapacity(cells.count)
    for number in order where !bounds[number].isEmpty {
      starts.append(sorted.count)
      let mine = byMinute(cells[bounds[number]], table)
      series.append(
        SeriesCounts(
          key: table.series[number],
          minutes: mine.map { Int32(truncatingIfNeeded: table.minuteBits(ofCell: Int($0))) },
          counts: mine.map { Int(table.cellCounts[Int($0)]) }))
      sorted += mine
    }
    return (series, sorted, starts)
  }

  /// Puts the numbers of all cells with events series by series, as they came: where those of each
  /// series stand goes by the table's numbers of the series.
  ///
  /// Why not sort them all: the keys to sort by would take more memory than the counts.
  private static func cells(of table: CountTable) -> (cells: [Int32], bounds: [Range<Int>]) {
    var next = [Int](repeating: 0, count: table.series.count)
    for cell in table.cellCounts.indices where table.cellCounts[cell] > 0 {
      next[table.seriesNumber(ofCell: cell)] += 1
    }
    var bounds: [Range<Int>] = []
    var sum = 0
    for number in next.indices {
      bounds.append(sum..<sum + next[number])
      (next[number], sum) = (sum, sum + next[number])
    }
    var cells = [Int32](repeating: 0, count: sum)
    for cell in table.cellCounts.indices where table.cellCounts[cell] > 0 {
      let number = table.seriesNumber(ofCell: cell)
      cells[next[number]] = Int32(truncatingIfNeeded: cell)
      next[number] += 1
    }
    return (cells, bounds)
  }

  /// The cells of a series by minute, as which they mostly came.
  private static func byMinute(_ cells: ArraySlice<Int32>, _ table: CountTable) -> [Int32] {
    // A minute in the upper half of each word, its cell in the lower one.
    var words = cells.map { table.minuteBits(ofCell: Int($0)) << 32 | UInt64($0) }
    guard zip(words, words.dropFirst()).contains(where: { $0 > $1 }) else { return Array(cells) }
    words.sort()
    return words.map { Int32(truncatingIfNeeded: $0) }
  }
}
