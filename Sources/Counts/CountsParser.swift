// SPDX-License-Identifier: Apache-2.0
import CSV
public import Vocabulary

/// Reads tables that `CountsWriter` wrote, adding each up into one table of counts.
///
/// Which of the two tables it is, the header says. Columns are found by name, in any order, and
/// unknown ones are passed over. A row that cannot be read is a fault, and the others count.
public struct CountsParser: Sendable {
  /// The sum of all tables read so far.
  public private(set) var table = CountTable()
  /// Rows that could not be read.
  public private(set) var faults: [Fault] = []
  /// Rows read so far.
  public private(set) var rowCount = 0

  /// Creates a parser that has read nothing.
  public init() {}

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - file: its path, for faults.
  public mutating func read(_ bytes: [UInt8], file: String) {
    var csv = CSVReader(bytes)
    guard let header = csv.next(), let columns = Columns(header) else {
      report(.notTrailData, file, 0, "the header is not that of a table of counts", bytes.count)
      return
    }
    while let cells = csv.next() {
      if let reason = columns.add(cells, to: &table) {
        report(.malformedRow, file, csv.rowOffset, reason, 0)
      } else {
        rowCount += 1
      }
    }
    if csv.isUnterminated {
      report(.malformedRow, file, csv.rowOffset, "a quoted cell is never closed", 0)
    }
  }

  private mutating func report(
    _ kind: Fault.Kind, _ file: String, _ offset: Int, _ reason: String, _ skipped: Int
  ) {
    faults.append(
      Fault(kind: kind, file: file, offset: offset, skippedBytes: skipped, reason: reason))
  }
}

/// Where each column stands in a table.
private struct Columns {
  private let positions: [CountsColumn: Int]

  /// `nil` where a column that every table has is missing.
  init?(_ header: [String]) {
    var positions: [CountsColumn: Int] = [:]
    for (index, name) in header.enumerated() {
      if let column = CountsColumn(rawValue: name) { positions[column] = index }
    }
    for column in CountsColumn.allCases where column != .attribute && column != .value {
      guard positions[column] != nil else { return nil }
    }
    self.positions = positions
  }

  /// Adds a row; returns why it cannot be, `nil` when it was.
  func add(_ cells: [String], to table: inout CountTable) -> String? {
    guard let minute = Timestamp(rfc3339: text(.minute, cells)), minute.secondsSinceEpoch >= 0,
      minute.minute.sinceEpoch < Int(Int32.max)
    else { return "the minute is no RFC 3339 time" }
    guard let type = InsightType(rawValue: text(.insightType, cells)) else {
      return "the insight type is unknown"
    }
    guard let count = Int32(text(.count, cells)), count > 0 else {
      return "the count is no positive whole number below 2^31"
    }
    let series = table.seriesNumber(key(type, cells))
    guard positions[.attribute] != nil else {
      table.add(count, series: series, minute: minute.minute)
      return nil
    }
    let cell = table.add(0, series: series, minute: minute.minute)
    return addAttribution(cells, count: count, cell: cell, to: &table)
  }

  private func addAttribution(
    _ cells: [String], count: Int32, cell: Int, to table: inout CountTable
  ) -> String? {
    let name = text(.attribute, cells)
    let value = text(.value, cells)
    if name == CountsColumn.evidenceAttribute {
      guard let id = EventID(value) else { return "the event identifier is empty" }
      if id.text == nil { table.addLongEventIDs([id: value]) }
      table.addEvidence(id, file: -1, cell: cell)
      return nil
    }
    guard let attribute = Attribute(rawValue: name) else { return "the attribute is unknown" }
    var caller = Caller()
    caller[attribute] = table.textNumber(value)
    table.attribute(count, cell: cell, caller: table.callerNumber(caller))
    return nil
  }

  private func key(_ type: InsightType, _ cells: [String]) -> SeriesKey {
    SeriesKey(
      recipientAccountID: text(.recipientAccountID, cells), awsRegion: text(.awsRegion, cells),
      eventCategory: text(.eventCategory, cells), eventSource: text(.eventSource, cells),
      eventName: text(.eventName, cells), insightType: type, errorCode: text(.errorCode, cells))
  }

  private func text(_ column: CountsColumn, _ cells: [String]) -> String {
    guard let index = positions[column], index < cells.count else { return "" }
    return withoutFormulaGuard(cells[index])
  }
}
