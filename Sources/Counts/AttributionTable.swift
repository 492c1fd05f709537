// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Who made the calls of each cell of a `CountHistory`, and which events show it.
public struct AttributionTable: Sendable {
  /// One attribute's value and the events that carry it.
  public struct ValueCount: Sendable {
    /// The value, such as an ARN.
    public let value: String
    /// Events with it.
    public let count: Int

    /// Largest count first, and among equals by the bytes of their values.
    static func sorted(_ values: [ValueCount]) -> [ValueCount] {
      values.sorted { $0.count != $1.count ? $0.count > $1.count : utf8Less($0.value, $1.value) }
    }
  }

  let texts: [String]
  let callers: [Caller]
  /// First cell of each series, in the order of `CountHistory.series`.
  private let seriesStarts: [Int]
  /// First entry of each cell, and behind the last one the number of entries; empty where there are
  /// none.
  private let entryStarts: [Int]
  let entryCallers: [Int32]
  let entryCounts: [Int32]
  private let evidence: EvidencePool
  /// The evidence pool's number for each cell.
  private let evidenceCells: [Int32]
  let longEventIDs: [EventID: String]
  let files: [String]
  /// The first day, since 1970-01-01, with attribution; earlier ones were cut off by the cap.
  public let floorDay: Int

  init(_ table: CountTable, cells: [Int32], seriesStarts: [Int]) {
    texts = table.texts
    callers = table.callers
    self.seriesStarts = seriesStarts
    evidence = table.evidence
    evidenceCells = cells
    longEventIDs = table.longEventIDs
    files = table.files
    floorDay = table.attributionFloorDay
    guard table.entries.count > 0 else {
      (entryStarts, entryCallers, entryCounts) = ([], [], [])
      return
    }
    var position = [Int32](repeating: -1, count: table.cellCounts.count)
    for (index, cell) in cells.enumerated() { position[Int(cell)] = Int32(index) }
    var starts = [Int](repeating: 0, count: cells.count + 1)
    for key in table.entries.keys where position[Int(key >> 32)] >= 0 {
      starts[Int(position[Int(key >> 32)]) + 1] += 1
    }
    for index in cells.indices { starts[index + 1] += starts[index] }
    var next = starts
    var callers = [Int32](repeating: 0, count: starts[cells.count])
    var counts = callers
    for (entry, key) in table.entries.keys.enumerated() where position[Int(key >> 32)] >= 0 {
      let cell = Int(position[Int(key >> 32)])
      callers[next[cell]] = Int32(truncatingIfNeeded: key & 0xFFFF_FFFF)
      counts[next[cell]] = table.entryCounts[entry]
      next[cell] += 1
    }
    entryStarts = starts
    entryCallers = callers
    entryCounts = counts
  }

  /// Returns every value of each attribute among some minutes of a series, largest count first.
  ///
  /// - Parameters:
  ///   - series: index of the series in `CountHistory.series`.
  ///   - minutes: indices into its `minutes`.
  /// - Returns: values with their events; attributes without a known value are left out.
  public func values(series: Int, minutes: Range<Int>) -> [Attribute: [ValueCount]] {
    let cells = minutes.shifted(by: seriesStarts[series])
    var sums: [Attribute: [UInt32: Int]] = [:]
    for entry in entries(cells: cells) {
      let caller = callers[Int(entryCallers[entry])]
      for attribute in Attribute.allCases where caller[attribute] != Caller.unknown {
        sums[attribute, default: [:]][caller[attribute], default: 0] += Int(entryCounts[entry])
      }
    }
    return sums.mapValues { counts in
      ValueCount.sorted(
        counts.filter { $0.value > 0 }
          .map { ValueCount(value: texts[Int($0.key)], count: $0.value) })
    }
  }

  /// The entries of some cells.
  func entries(cells: Range<Int>) -> Range<Int> {
    entryStarts.isEmpty ? 0..<0 : entryStarts[cells.lowerBound]..<entryStarts[cells.upperBound]
  }

  /// The number of the cell of one minute of a series.
  func cell(series: Int, position: Int) -> Int { seriesStarts[series] + position }

  /// The events that show the calls of one minute of a series, and the files they stand in.
  func events(series: Int, position: Int) -> [(id: EventID, file: Int32)] {
    evidence.events(cell: Int(evidenceCells[cell(series: series, position: position)]))
  }

  /// Returns up to five events from some minutes of a series, the earliest first.
  public func evidence(series: Int, minutes: Range<Int>) -> [EvidenceEvent] {
    var found: [EvidenceEvent] = []
    for cell in minutes.shifted(by: seriesStarts[series]) {
      for event in evidence.events(cell: Int(evidenceCells[cell])) {
        let number = Int(event.file)
        let file = files.indices.contains(number) ? files[number] : ""
        if let text = event.id.text ?? longEventIDs[event.id] {
          found.append(EvidenceEvent(eventID: text, file: file))
        }
        if found.count == EvidencePool.idsPerCell { return found }
      }
    }
    return found
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range<Int> {
    lowerBound + offset..<upperBound + offset
  }
}
