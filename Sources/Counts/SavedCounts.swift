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
    Set(cellCounts.indices.lazy.filter { cellCounts[$0] > 0 }.map { seriesNumber(ofCell: $0) })
      .count
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

/// Writes cells of one day.
private struct SavedCountsWriter {
  private(set) var saved = SavedCounts()
  private let day: Int
  private let table: CountTable
  private var lastSeries = -1
  private var textNumbers: [String: Int] = [:]
  private var callerNumbers: [Int: Int] = [:]
  private var fileNumbers: [Int32: Int] = [:]

  init(day: Int, table: CountTable) {
    self.day = day
    self.table = table
  }

  mutating func add(_ cell: Int, entries: [Int]) {
    let series = table.seriesNumber(ofCell: cell)
    if series != lastSeries {
      lastSeries = series
      saved.series.append(table.series[series])
      saved.cellsPerSeries.append(0)
    }
    saved.cellsPerSeries[saved.cellsPerSeries.count - 1] += 1
    saved.minutes.append(table.minute(ofCell: cell).sinceEpoch - day * Minute.minutesPerDay)
    saved.counts.append(Int(table.cellCounts[cell]))
    saved.entriesPerCell.append(entries.count)
    for entry in entries {
      let caller = Int(truncatingIfNeeded: table.entries.keys[entry] & 0xFFFF_FFFF)
      saved.entryCallers.append(number(ofCaller: caller))
      saved.entryCounts.append(Int(table.entryCounts[entry]))
    }
    let events = table.evidence.events(cell: cell)
    saved.evidencePerCell.append(events.count)
    for event in events { add(event.id, file: event.file) }
  }

  private mutating func add(_ id: EventID, file: Int32) {
    saved.evidence.append(Int(bitPattern: UInt(id.high)))
    saved.evidence.append(Int(bitPattern: UInt(id.low)))
    saved.evidence.append(number(ofFile: file))
    if let text = table.longEventIDs[id] {
      saved.longEventIDs.append(.init(high: id.high, low: id.low, text: text))
    }
  }

  private mutating func number(ofFile file: Int32) -> Int {
    guard table.files.indices.contains(Int(file)) else { return -1 }
    if let number = fileNumbers[file] { return number }
    saved.files.append(number(ofText: table.files[Int(file)]))
    fileNumbers[file] = saved.files.count - 1
    return saved.files.count - 1
  }

  private mutating func number(ofCaller caller: Int) -> Int {
    if let number = callerNumbers[caller] { return number }
    for attribute in Attribute.allCases {
      let text = table.callers[caller][attribute]
      saved.callers.append(
        text == Caller.unknown ? 0 : number(ofText: table.texts[Int(text)]) + 1)
    }
    let number = saved.callers.count / Attribute.allCases.count - 1
    callerNumbers[caller] = number
    return number
  }

  private mutating func number(ofText text: String) -> Int {
    if let number = textNumbers[text] { return number }
    textNumbers[text] = saved.texts.count
    saved.texts.append(text)
    return saved.texts.count - 1
  }
}

/// Reads cells of one day back, and believes nothing.
private struct SavedCountsReader {
  private let saved: SavedCounts
  private let day: Int
  private var cell = 0
  private var entry = 0
  private var piece = 0
  private var callerNumbers: [Int] = []
  private var fileNumbers: [Int32] = []

  init(_ saved: SavedCounts, day: Int) {
    self.saved = saved
    self.day = day
  }

  mutating func add(to table: inout CountTable) -> Bool {
    guard isSound else { return false }
    callerNumbers = callers(in: &table)
    fileNumbers = saved.files.map { table.fileNumber(saved.texts[$0]) }
    table.addLongEventIDs(
      Dictionary(
        saved.longEventIDs.map { (EventID(high: $0.high, low: $0.low), $0.text) },
        uniquingKeysWith: min))
    for (key, count) in zip(saved.series, saved.cellsPerSeries) {
      let series = table.seriesNumber(key)
      for _ in 0..<count { addCell(series: series, to: &table) }
    }
    return true
  }

  private var isSound: Bool {
    let cells = saved.minutes.count
    let pieces = saved.evidence.count / 3
    let texts = saved.texts.indices
    return saved.series.count == saved.cellsPerSeries.count
      && Self.sum(saved.cellsPerSeries) == cells && saved.counts.count == cells
      && saved.entriesPerCell.count == cells && saved.evidencePerCell.count == cells
      && Self.sum(saved.entriesPerCell) == saved.entryCallers.count
      && saved.entryCounts.count == saved.entryCallers.count
      && Self.sum(saved.evidencePerCell) == pieces && saved.evidence.count % 3 == 0
      && saved.minutes.allSatisfy { 0..<Minute.minutesPerDay ~= $0 }
      && (0..<1 << 17).contains(day)
      && saved.callers.count % Attribute.allCases.count == 0
      && saved.callers.allSatisfy { $0 == 0 || texts.contains($0 - 1) }
      && saved.files.allSatisfy { texts.contains($0) }
      && saved.entryCallers.allSatisfy {
        0..<saved.callers.count / Attribute.allCases.count ~= $0
      }
  }

  /// The sum of counts; `nil` where one is negative or all are too many.
  private static func sum(_ counts: [Int]) -> Int? {
    var sum = 0
    for count in counts {
      guard count >= 0, count < 1 << 40 else { return nil }
      sum += count
    }
    return sum
  }

  private func callers(in table: inout CountTable) -> [Int] {
    let width = Attribute.allCases.count
    return stride(from: 0, to: saved.callers.count, by: width).map { start in
      var caller = Caller()
      for (attribute, number) in zip(Attribute.allCases, saved.callers[start..<start + width])
      where number > 0 {
        caller[attribute] = table.textNumber(saved.texts[number - 1])
      }
      return table.callerNumber(caller)
    }
  }

  private mutating func addCell(series: Int, to table: inout CountTable) {
    let minute = Minute(sinceEpoch: day * Minute.minutesPerDay + saved.minutes[cell])
    let number = table.add(Int32(clamping: saved.counts[cell]), series: series, minute: minute)
    for _ in 0..<saved.entriesPerCell[cell] {
      table.attribute(
        Int32(clamping: saved.entryCounts[entry]), cell: number,
        caller: callerNumbers[saved.entryCallers[entry]])
      entry += 1
    }
    for _ in 0..<saved.evidencePerCell[cell] {
      let file = saved.evidence[piece + 2]
      table.addEvidence(
        EventID(
          high: UInt64(UInt(bitPattern: saved.evidence[piece])),
          low: UInt64(UInt(bitPattern: saved.evidence[piece + 1]))),
        file: fileNumbers.indices.contains(file) ? fileNumbers[file] : -1, cell: number)
      piece += 3
    }
    cell += 1
  }
}
