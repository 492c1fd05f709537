// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Counts in the making: sparse integers per (series, minute), with who made the calls.
///
/// A table only ever adds integers, so any split of the events into tables gives the same sum:
/// `merge` is associative and commutative. `CountHistory(_:)` sorts a table for reading.
///
/// Memory: about 35 bytes a cell (series and minute with a count), 35 an attribution entry (cell
/// and combination of attributes), 24 an evidence identifier, at most five a cell. Attribution and
/// evidence are bounded by `maximumEntries`: past it the oldest days lose theirs, whole days at a
/// time, and `attributionFloorDay` says up to where. The floor follows from the content alone,
/// never from the order in which it came.
public struct CountTable: Sendable {
  private(set) var series: [SeriesKey] = []
  private var seriesNumbers: [SeriesKey: Int] = [:]
  private(set) var texts: [String] = []
  private var textNumbers: [String: UInt32] = [:]
  private(set) var callers: [Caller] = []
  private var callerNumbers = TripleTable()

  /// Keys are series number and minute.
  private(set) var cells = IntegerTable()
  private(set) var cellCounts: [Int32] = []
  /// Keys are cell number and caller number.
  private(set) var entries = IntegerTable()
  private(set) var entryCounts: [Int32] = []
  private(set) var evidence = EvidencePool()
  private(set) var longEventIDs: [EventID: String] = [:]
  /// The paths of the run's files, by the numbers that `EventCounter.file` gives them.
  public var files: [String] = []
  /// Those that were asked for by path.
  private var fileNumbers: [String: Int32] = [:]

  /// What was looked at before it was asked for.
  private var touched: UInt32 = 0
  private let maximumEntries: Int
  /// Attribution and evidence are kept for this day, since 1970-01-01, and later ones.
  public private(set) var attributionFloorDay = Int.min

  /// Creates an empty table.
  ///
  /// - Parameter maximumEntries: how many attribution entries are kept at the most.
  public init(maximumEntries: Int = 40_000_000) {
    self.maximumEntries = maximumEntries
  }

  // MARK: Numbers of keys

  mutating func seriesNumber(_ key: SeriesKey) -> Int {
    if let number = seriesNumbers[key] { return number }
    seriesNumbers[key] = series.count
    series.append(key)
    return series.count - 1
  }

  mutating func textNumber(_ text: String) -> UInt32 {
    if let number = textNumbers[text] { return number }
    let number = UInt32(texts.count)
    textNumbers[text] = number
    texts.append(text)
    return number
  }

  mutating func callerNumber(_ caller: Caller) -> Int {
    let number = callerNumbers.number(of: caller.triple)
    if number == callers.count { callers.append(caller) }
    return number
  }

  /// Returns the number of a path, a new one behind those of the run's files.
  mutating func fileNumber(_ path: String) -> Int32 {
    if let number = fileNumbers[path] { return number }
    files.append(path)
    let number = Int32(clamping: files.count - 1)
    fileNumbers[path] = number
    return number
  }

  // MARK: Adding

  /// Adds a count to a cell and returns the cell's number.
  @discardableResult
  mutating func add(_ count: Int32, series: Int, minute: Minute) -> Int {
    add(count, key: Self.key(series: series, minute))
  }

  private static func key(series: Int, _ minute: Minute) -> UInt64 {
    UInt64(series) << 32 | UInt64(UInt32(truncatingIfNeeded: minute.sinceEpoch))
  }

  private mutating func add(_ count: Int32, key: UInt64) -> Int {
    let cell = cells.number(of: key)
    if cell == cellCounts.count { cellCounts.append(0) }
    cellCounts[cell] = saturatingSum(cellCounts[cell], count)
    return cell
  }

  /// Adds a count to a cell.
  mutating func add(_ count: Int32, cell: Int) {
    cellCounts[cell] = saturatingSum(cellCounts[cell], count)
  }

  /// Looks at the place of a cell that will be added to.
  mutating func touch(series: Int, minute: Minute) {
    touched &+= cells.touch(Self.key(series: series, minute))
  }

  /// Adds to what a combination of attributes did in a cell.
  mutating func attribute(_ count: Int32, cell: Int, caller: Int) {
    guard minute(ofCell: cell).day >= attributionFloorDay else { return }
    let entry = entries.number(of: Self.key(cell: cell, caller))
    if entry == entryCounts.count { entryCounts.append(0) }
    entryCounts[entry] = saturatingSum(entryCounts[entry], count)
    if entries.count > maximumEntries { raiseAttributionFloor() }
  }

  private static func key(cell: Int, _ caller: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: cell) << 32 | UInt64(caller)
  }

  mutating func addEvidence(_ id: EventID, file: Int32, cell: Int) {
    guard minute(ofCell: cell).day >= attributionFloorDay else { return }
    evidence.insert(id, file: file, cell: cell)
  }

  mutating func addLongEventIDs(_ ids: [EventID: String]) {
    longEventIDs.merge(ids) { first, second in min(first, second) }
  }

  func minute(ofCell cell: Int) -> Minute {
    Minute(sinceEpoch: Int(minuteBits(ofCell: cell)))
  }

  /// The 32 bits in which a cell's minute is kept.
  func minuteBits(ofCell cell: Int) -> UInt64 { cells.keys[cell] & 0xFFFF_FFFF }

  func seriesNumber(ofCell cell: Int) -> Int { Int(cells.keys[cell] >> 32) }

  /// Adds the counts of a series whose events nobody will see one by one.
  ///
  /// - Complexity: O(n) in its minutes.
  public mutating func add(_ counts: SeriesCounts) {
    let series = seriesNumber(counts.key)
    for (position, minute) in counts.minutes.enumerated() {
      add(
        Int32(clamping: counts.count(at: position)), series: series,
        minute: Minute(sinceEpoch: Int(minute)))
    }
  }

  // MARK: Merging

  /// Adds all that another table of the same run counted.
  ///
  /// - Complexity: O(cells + entries) of the other table.
  public mutating func merge(_ other: CountTable) { merge(other, day: nil) { $0 } }

  /// Adds what another table, whose files have numbers of their own, counted on a day.
  ///
  /// - Parameters:
  ///   - other: the counts to add.
  ///   - day: since 1970-01-01.
  /// - Complexity: O(cells + entries) of the other table.
  public mutating func merge(_ other: CountTable, day: Int) {
    let files = other.files.map { fileNumber($0) }
    merge(other, day: day) { files.indices.contains(Int($0)) ? files[Int($0)] : -1 }
  }

  private mutating func merge(
    _ other: CountTable, day: Int?, renumberFile: (_ file: Int32) -> Int32
  ) {
    let seriesMap = other.series.map { seriesNumber($0) }
    let textMap = other.texts.map { textNumber($0) }
    let callerMap = other.callers.map { callerNumber($0.renumbered(by: textMap)) }
    if other.attributionFloorDay > attributionFloorDay {
      dropAttribution(before: other.attributionFloorDay)
    }
    if day == nil, !other.cellCounts.isEmpty { reserve(for: other) }
    let cellMap = mergeCells(of: other, day: day, seriesMap: seriesMap, renumberFile)
    mergeEntries(of: other, cellMap: cellMap, callerMap: callerMap)
    addLongEventIDs(other.longEventIDs)
  }

  private mutating func reserve(for other: CountTable) {
    cells.reserve(cells.count + other.cells.count)
    cellCounts.reserveCapacity(cells.count + other.cells.count)
    entries.reserve(entries.count + other.entries.count)
    entryCounts.reserveCapacity(entries.count + other.entries.count)
  }

  /// Cells or entries whose places are looked at before the first of them is added.
  private static let blockLength = 64

  /// Adds the cells of another table, or those of a day; returns the number here of each cell there,
  /// -1 where it was left out.
  private mutating func mergeCells(
    of other: CountTable, day: Int?, seriesMap: [Int], _ renumberFile: (_ file: Int32) -> Int32
  ) -> [Int] {
    var cellMap = [Int](repeating: -1, count: other.cellCounts.count)
    for start in stride(from: 0, to: cellMap.count, by: Self.blockLength) {
      let block = start..<min(start + Self.blockLength, cellMap.count)
      let keys = block.map {
        Self.key(series: seriesMap[other.seriesNumber(ofCell: $0)], other.minute(ofCell: $0))
      }
      touched = keys.reduce(touched) { $0 &+ cells.touch($1) }
      for (cell, key) in zip(block, keys) {
        if let day, other.minute(ofCell: cell).day != day { continue }
        let mine = add(other.cellCounts[cell], key: key)
        cellMap[cell] = mine
        for event in other.evidence.events(cell: cell) {
          addEvidence(event.id, file: renumberFile(event.file), cell: mine)
        }
      }
    }
    return cellMap
  }

  private mutating func mergeEntries(of other: CountTable, cellMap: [Int], callerMap: [Int]) {
    for start in stride(from: 0, to: other.entryCounts.count, by: Self.blockLength) {
      let block = start..<min(start + Self.blockLength, other.entryCounts.count)
      let keys = block.map { entry in
        let key = other.entries.keys[entry]
        return (
          cell: cellMap[Int(key >> 32)], caller: callerMap[Int(UInt32(truncatingIfNeeded: key))]
        )
      }
      touched = keys.reduce(touched) { $0 &+ entries.touch(Self.key(cell: $1.cell, $1.caller)) }
      for (entry, key) in zip(block, keys) where key.cell >= 0 {
        attribute(other.entryCounts[entry], cell: key.cell, caller: key.caller)
      }
    }
  }

  // MARK: The cap

  /// Finds the earliest day from which on all entries fit, and drops those before it.
  private mutating func raiseAttributionFloor() {
    var perDay: [Int: Int] = [:]
    for key in entries.keys { perDay[minute(ofCell: Int(key >> 32)).day, default: 0] += 1 }
    var kept = 0
    var floor = Int.max
    for (day, count) in perDay.sorted(by: { $0.key > $1.key }) {
      guard kept + count <= maximumEntries else { break }
      kept += count
      floor = day
    }
    dropAttribution(before: floor)
  }

  private mutating func dropAttribution(before day: Int) {
    attributionFloorDay = day
    let old = (entries, entryCounts, evidence)
    (entries, entryCounts, evidence) = (IntegerTable(), [], EvidencePool())
    for (entry, key) in old.0.keys.enumerated() {
      attribute(old.1[entry], cell: Int(key >> 32), caller: Int(UInt32(truncatingIfNeeded: key)))
    }
    for cell in cellCounts.indices {
      for event in old.2.events(cell: cell) {
        addEvidence(event.id, file: event.file, cell: cell)
      }
    }
  }
}

extension Caller {
  /// The same combination under the text numbers of another table.
  func renumbered(by map: [UInt32]) -> Caller {
    var renumbered = Caller()
    for attribute in Attribute.allCases where self[attribute] != Caller.unknown {
      renumbered[attribute] = map[Int(self[attribute])]
    }
    return renumbered
  }
}

private func saturatingSum(_ left: Int32, _ right: Int32) -> Int32 {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}
