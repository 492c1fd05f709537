// SPDX-License-Identifier: Apache-2.0
import CSV
import Events
import Vocabulary

/// Reads the usual rows of a table of counts without making texts of their cells.
///
/// Rows of one series and minute stand together, so a row's key is mostly the one of the row before
/// it; values come again and again. What is new or unusual goes through `CountsColumns`.
struct PlainCountRows {
  let columns: CountsColumns
  /// Where the columns stand that name the minute and the series.
  private let keyPositions: [Int]
  private let minutePosition: Int
  /// Where the columns of the series stand, `nil` where others stand between them.
  private let seriesPositions: ClosedRange<Int>?
  private let attributePosition: Int?
  private let valuePosition: Int?
  private let countPosition: Int
  private let cellCount: Int

  /// The cells of the row that was found last, and whether it is not read yet.
  private var row: [Range<Int>] = []
  private var isPending = false
  /// The row before it, and the cell of the table that its key names.
  private var keyRow: [Range<Int>] = []
  private var keyCell: Int?
  private var minute = (text: [UInt8](), value: Minute(sinceEpoch: 0))
  /// The texts of keys without their minute, commas and all, and the table's number of each.
  private var keys = SymbolTable()
  private var seriesNumbers: [Int] = []
  private var texts = SymbolTable()
  /// The table's number of the caller that each attribute and text make, -1 where there is none yet.
  private var callers: [[Int]] = Attribute.allCases.map { _ in [] }

  init(_ columns: CountsColumns) {
    self.columns = columns
    let values: [CountsColumn] = [.attribute, .value, .count]
    keyPositions = CountsColumn.allCases.filter { !values.contains($0) }
      .compactMap(columns.position)
    minutePosition = columns.position(of: .minute) ?? 0
    let series = keyPositions.filter { [minutePosition] in $0 != minutePosition }
    let isTogether = zip(series, series.dropFirst()).allSatisfy { $0 + 1 == $1 }
    seriesPositions = isTogether ? (series.first ?? 0)...(series.last ?? 0) : nil
    attributePosition = columns.position(of: .attribute)
    valuePosition = columns.position(of: .value)
    countPosition = columns.position(of: .count) ?? 0
    cellCount =
      (keyPositions + [attributePosition ?? 0, valuePosition ?? 0, countPosition])
      .reduce(0, max) + 1
  }

  /// Takes note that the rows to come are others' bytes.
  mutating func beginPiece() { keyCell = nil }

  /// Adds the next row, if it is a usual one.
  ///
  /// - Returns: `false` where it is not, or there is none: `cells` has it.
  mutating func read(_ csv: inout CSVReader, into table: inout CountTable) -> Bool {
    guard csv.nextPlain(into: &row) else { return false }
    isPending = true
    guard row.count >= cellCount, let count = number(csv.bytes.span.extracting(row[countPosition]))
    else { return false }
    guard let cell = cell(csv.bytes, &table), add(count, to: cell, csv.bytes, &table) else {
      return false
    }
    isPending = false
    return true
  }

  /// The cells of a row that is not usual, as texts; `nil` after the last.
  mutating func cells(of csv: inout CSVReader) -> [String]? {
    guard isPending else { return csv.next() }
    isPending = false
    return row.map { String(decoding: csv.bytes[$0], as: UTF8.self) }
  }

  /// The cell that the row counts in.
  private mutating func cell(_ bytes: [UInt8], _ table: inout CountTable) -> Int? {
    if let keyCell, isSameKey(bytes) { return keyCell }
    keyCell = nil
    guard let minute = readMinute(bytes), let series = series(bytes, &table) else { return nil }
    keyRow = row
    keyCell = table.add(0, series: series, minute: minute)
    return keyCell
  }

  private mutating func readMinute(_ bytes: [UInt8]) -> Minute? {
    if !minute.text.elementsEqual(bytes[row[minutePosition]]) {
      let text = Array(bytes[row[minutePosition]])
      guard let value = CountsColumns.minute(String(decoding: text, as: UTF8.self)) else {
        return nil
      }
      minute = (text, value)
    }
    return minute.value
  }

  private mutating func series(_ bytes: [UInt8], _ table: inout CountTable) -> Int? {
    guard let seriesPositions else { return nil }
    let place =
      row[seriesPositions.lowerBound].lowerBound..<row[seriesPositions.upperBound].upperBound
    guard place.count <= SymbolTable.textLimit else { return nil }
    let symbol = Int(keys.symbol(for: bytes.span.extracting(place)).index)
    while seriesNumbers.count <= symbol { seriesNumbers.append(-1) }
    if seriesNumbers[symbol] < 0 {
      let cells = row.map { String(decoding: bytes[$0], as: UTF8.self) }
      guard let key = columns.key(cells) else { return nil }
      seriesNumbers[symbol] = table.seriesNumber(key)
    }
    return seriesNumbers[symbol]
  }

  private func isSameKey(_ bytes: [UInt8]) -> Bool {
    let text = bytes.span
    for position in keyPositions {
      let (mine, last) = (row[position], keyRow[position])
      guard mine.count == last.count else { return false }
      for offset in 0..<mine.count
      where text[mine.lowerBound + offset] != text[last.lowerBound + offset] {
        return false
      }
    }
    return true
  }

  private mutating func add(
    _ count: Int32, to cell: Int, _ bytes: [UInt8], _ table: inout CountTable
  ) -> Bool {
    guard let attributePosition, let valuePosition else {
      table.add(count, cell: cell)
      return true
    }
    let name = String(decoding: bytes[row[attributePosition]], as: UTF8.self)
    let value = bytes.span.extracting(row[valuePosition])
    if name == CountsColumn.evidenceAttribute {
      guard let id = EventID(utf8: value), !id.isHashed else { return false }
      table.addEvidence(id, file: -1, cell: cell)
      return true
    }
    guard let attribute = Attribute(rawValue: name), value.count <= SymbolTable.textLimit,
      value.isEmpty || value[0] != UInt8(ascii: "'")
    else { return false }
    table.attribute(count, cell: cell, caller: caller(attribute, value, &table))
    return true
  }

  private mutating func caller(
    _ attribute: Attribute, _ value: Span<UInt8>, _ table: inout CountTable
  ) -> Int {
    let place = Attribute.allCases.firstIndex(of: attribute) ?? 0
    let symbol = texts.symbol(for: value)
    while callers[place].count <= Int(symbol.index) { callers[place].append(-1) }
    if callers[place][Int(symbol.index)] < 0 {
      var caller = Caller()
      caller[attribute] = table.textNumber(texts[symbol])
      callers[place][Int(symbol.index)] = table.callerNumber(caller)
    }
    return callers[place][Int(symbol.index)]
  }

  /// A positive whole number below 2^31, `nil` where the text is none.
  private func number(_ digits: Span<UInt8>) -> Int32? {
    guard (1...9).contains(digits.count) else { return nil }
    var value: Int32 = 0
    for index in digits.indices {
      guard 48...57 ~= digits[index] else { return nil }
      value = value * 10 + Int32(digits[index] - 48)
    }
    return value > 0 ? value : nil
  }
}
