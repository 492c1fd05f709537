// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Reads cells of one day back, and believes nothing.
struct SavedCountsReader {
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
