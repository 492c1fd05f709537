// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Writes cells of one day.
struct SavedCountsWriter {
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
