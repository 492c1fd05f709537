// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The counts of a day in columns, to be kept between runs: what a `CountTable` holds of it.
///
/// Cells stand series by series; entries and evidence stand cell by cell. Adding up the saved counts
/// of parts gives those of the whole, as `CountTable.merge(_:)` does.
public struct SavedCounts: Codable, Sendable {
  var series: [SeriesKey] = []
  /// Cells of each series.
  var cellsPerSeries: [Int] = []
  /// The minutes of the day, by cell.
  var minutes: [Int] = []
  /// Events, by cell.
  var counts: [Int] = []
  var texts: [String] = []
  /// Text numbers plus one, five a caller; 0 is not known.
  var callers: [Int] = []
  /// Entries of each cell.
  var entriesPerCell: [Int] = []
  var entryCallers: [Int] = []
  var entryCounts: [Int] = []
  /// Pieces of evidence of each cell.
  var evidencePerCell: [Int] = []
  /// The two halves of each identifier, and the number of its file.
  var evidence: [Int] = []
  /// The text numbers of the files.
  var files: [Int] = []
  var longEventIDs: [LongEventID] = []

  struct LongEventID: Codable, Sendable {
    let high: UInt64
    let low: UInt64
    let text: String
  }

  /// Whether there are no counts.
  public var isEmpty: Bool { series.isEmpty }

  init() {}
}

extension CountTable {
  /// Series and minutes with a count.
  public var cellCount: Int { cellCounts.count }

  /// The days with counts, since 1970-01-01, ascending.
  public var days: [Int] {
    Set(cellCounts.indices.map { minute(ofCell: $0).day }).sorted()
  }

  /// The newest minute with a count, since 1970-01-01T00:00Z; `nil` where there is none.
  public var newestMinute: Int? {
    cellCounts.indices.lazy.map { minute(ofCell: $0).sinceEpoch }.max()
  }

  /// Events of days before one.
  public func total(before day: Int) -> Int {
    cellCounts.indices.reduce(0) { sum, cell in
      minute(ofCell: cell).day < day ? sum + Int(cellCounts[cell]) : sum
    }
  }

  /// Series with at least one event.
  public var seriesCount: Int {
    var hasEvents = [Bool](repeating: false, count: series.count)
    for cell in cellCounts.indices where cellCounts[cell] > 0 {
      hasEvents[seriesNumber(ofCell: cell)] = true
    }
    return hasEvents.count { $0 }
  }

  /// Returns the counts of each day.
  ///
  /// - Complexity: O(n log n) in cells and entries.
  public func savedDays() -> [(day: Int, counts: SavedCounts)] {
    var entriesOfCell = [[Int]](repeating: [], count: cellCounts.count)
    for (entry, key) in entries.keys.enumerated() { entriesOfCell[Int(key >> 32)].append(entry) }
    let byDay = Dictionary(grouping: cellCounts.indices) { minute(ofCell: $0).day }
    return byDay.sorted { $0.key < $1.key }.map { day, cells in
      var writer = SavedCountsWriter(day: day, table: self)
      let sorted = cells.sorted { left, right in
        let series = (seriesNumber(ofCell: left), seriesNumber(ofCell: right))
        return series.0 != series.1
          ? series.0 < series.1 : minute(ofCell: left) < minute(ofCell: right)
      }
      for cell in sorted { writer.add(cell, entries: entriesOfCell[cell]) }
      return (day, writer.saved)
    }
  }

  /// Adds saved counts of a day.
  ///
  /// - Returns: `false` where they are no counts that were ever saved; then some may be added.
  public mutating func add(_ saved: SavedCounts, day: Int) -> Bool {
    var reader = SavedCountsReader(saved, day: day)
    return reader.add(to: &self)
  }
}
