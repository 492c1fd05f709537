// SPDX-License-Identifier: Apache-2.0
import CSV
import Vocabulary

/// Where each column stands in a table.
struct CountsColumns {
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

  /// Where a column stands, `nil` where it is missing.
  func position(of column: CountsColumn) -> Int? { positions[column] }

  /// Adds a row; returns why it cannot be, `nil` when it was.
  func add(_ cells: [String], to table: inout CountTable) -> String? {
    guard let minute = Self.minute(text(.minute, cells)) else {
      return "the minute is no RFC 3339 time"
    }
    guard let key = key(cells) else { return "the insight type is unknown" }
    guard let count = Int32(text(.count, cells)), count > 0 else {
      return "the count is no positive whole number below 2^31"
    }
    let series = table.seriesNumber(key)
    guard positions[.attribute] != nil else {
      table.add(count, series: series, minute: minute)
      return nil
    }
    let cell = table.add(0, series: series, minute: minute)
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

  /// The key of a row's series; `nil` where its type is unknown.
  func key(_ cells: [String]) -> SeriesKey? {
    guard let type = InsightType(rawValue: text(.insightType, cells)) else { return nil }
    return SeriesKey(
      recipientAccountID: text(.recipientAccountID, cells), awsRegion: text(.awsRegion, cells),
      eventCategory: text(.eventCategory, cells), eventSource: text(.eventSource, cells),
      eventName: text(.eventName, cells), insightType: type, errorCode: text(.errorCode, cells))
  }

  /// Reads a minute; `nil` where the text is none that a table can hold.
  static func minute(_ text: String) -> Minute? {
    guard let time = Timestamp(rfc3339: text), time.secondsSinceEpoch >= 0,
      time.minute.sinceEpoch < Int(Int32.max)
    else { return nil }
    return time.minute
  }

  private func text(_ column: CountsColumn, _ cells: [String]) -> String {
    guard let index = positions[column], index < cells.count else { return "" }
    return withoutFormulaGuard(cells[index])
  }
}
