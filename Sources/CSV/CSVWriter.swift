// SPDX-License-Identifier: Apache-2.0

/// Writes RFC 4180 rows as UTF-8 bytes: commas, LF, quotes only where a cell needs them.
public struct CSVWriter: Sendable {
  /// The rows so far.
  public private(set) var bytes: [UInt8] = []
  private var isRowEmpty = true

  /// Creates a writer with no rows.
  public init() {}

  /// Appends a cell that a program made, such as a number, a time or an identifier.
  public mutating func cell(_ text: some StringProtocol) {
    cell(String(text))
  }

  /// Appends a cell that a program made; the generic form is slow where it is not specialised.
  public mutating func cell(_ text: String) {
    if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
    isRowEmpty = false
    if text.utf8.contains(where: Self.needsQuotes) {
      appendQuoted(Array(text.utf8))
    } else {
      bytes += text.utf8
    }
  }

  /// Appends a cell that holds a whole number.
  public mutating func cell(_ number: Int) {
    if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
    isRowEmpty = false
    if 0..<10 ~= number { return bytes.append(UInt8(ascii: "0") + UInt8(number)) }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Appends cells that a writer wrote before, with the commas between them.
  ///
  /// Why: a table says the same texts in thousands of rows; they are looked at once.
  public mutating func writtenCells(_ cells: ArraySlice<UInt8>) {
    if !isRowEmpty { bytes.append(UInt8(ascii: ",")) }
    isRowEmpty = false
    bytes += cells
  }

  /// Appends a cell of text from the outside, made safe for spreadsheets.
  ///
  /// A spreadsheet runs a cell with a leading `=`, `+`, `-`, `@`, tab or CR as a formula; such a
  /// cell gets a leading apostrophe, which spreadsheets take as "this is text" (OWASP, CSV
  /// injection).
  public mutating func textCell(_ text: String) {
    if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) {
      cell("'" + text)
    } else {
      cell(text)
    }
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isRowEmpty = true
  }

  /// Forgets the rows so far and keeps their storage, so that a long table can be written in pieces.
  public mutating func removeRows() { bytes.removeAll(keepingCapacity: true) }

  /// Takes the rows so far away.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Takes the cells of a row that was begun, for `writtenCells`.
  public mutating func takeCells() -> [UInt8] {
    isRowEmpty = true
    return takeBytes()
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13
  }

  private mutating func appendQuoted(_ utf8: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}

/// Returns the text that `CSVWriter.textCell` made safe: without an apostrophe before a formula
/// character.
public func withoutFormulaGuard(_ cell: String) -> String {
  var rest = cell.utf8.dropFirst()
  guard cell.utf8.first == UInt8(ascii: "'"), let next = rest.popFirst(),
    "=+-@\t\r".utf8.contains(next)
  else { return cell }
  return String(cell.dropFirst())
}
