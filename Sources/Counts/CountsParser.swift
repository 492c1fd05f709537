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

  /// The table at hand: its path, the place of `rest` in it, its bytes so far, and those of which no
  /// row was made yet.
  private var file = ""
  private var offset = 0
  private var seen = 0
  private var rest: [UInt8] = []
  /// Its columns; `nil` before the header.
  private var rows: PlainCountRows?
  /// Whether it is one, as far as was seen.
  private var isTable = true

  /// Creates a parser that has read nothing.
  public init() {}

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - file: its path, for faults.
  public mutating func read(_ bytes: [UInt8], file: String) {
    begin(file: file)
    readPiece(bytes, isLast: true)
  }

  // MARK: Piece by piece

  /// Begins a table that comes in pieces; the one before must have ended.
  public mutating func begin(file: String) {
    self.file = file
    (offset, seen) = (0, 0)
    rest = []
    rows = nil
    isTable = true
  }

  /// Reads a further piece of the table, cut anywhere.
  ///
  /// Only whole rows are read: a row that goes on in the next piece is kept until then.
  ///
  /// - Parameters:
  ///   - piece: what follows the pieces so far.
  ///   - isLast: whether the table ends with it.
  public mutating func readPiece(_ piece: [UInt8], isLast: Bool) {
    seen += piece.count
    defer {
      if isLast, !isTable {
        report(.notTrailData, file, 0, "the header is not that of a table of counts", seen)
      }
    }
    guard isTable else { return }
    let bytes = rest.isEmpty ? piece : rest + piece
    let whole = isLast ? bytes.count : (bytes.lastIndex(of: 10) ?? -1) + 1
    guard whole > 0 || isLast else {
      rest = bytes
      return
    }
    var csv = CSVReader(whole == bytes.count ? bytes : Array(bytes[..<whole]))
    rest = Array(bytes[readRows(&csv, isLast: isLast)...])
    offset += bytes.count - rest.count
  }

  /// Reads rows; returns where the first begins that may go on behind the bytes.
  private mutating func readRows(_ csv: inout CSVReader, isLast: Bool) -> Int {
    guard var plain = rows ?? header(&csv) else { return csv.bytes.count }
    plain.beginPiece()
    while true {
      if plain.read(&csv, into: &table) {
        rowCount += 1
        continue
      }
      // What the short way cannot read, damage above all, goes the long one.
      guard let cells = plain.cells(of: &csv) else { break }
      if csv.isUnterminated, !isLast { break }
      if let reason = plain.columns.add(cells, to: &table) {
        report(.malformedRow, file, offset + csv.rowOffset, reason, 0)
      } else {
        rowCount += 1
      }
    }
    rows = plain
    if csv.isUnterminated, isLast {
      report(.malformedRow, file, offset + csv.rowOffset, "a quoted cell is never closed", 0)
    }
    return csv.isUnterminated ? csv.rowOffset : csv.bytes.count
  }

  private mutating func header(_ csv: inout CSVReader) -> PlainCountRows? {
    if let header = csv.next(), let columns = CountsColumns(header) {
      return PlainCountRows(columns)
    }
    isTable = false
    return nil
  }

  private mutating func report(
    _ kind: Fault.Kind, _ file: String, _ offset: Int, _ reason: String, _ skipped: Int
  ) {
    faults.append(
      Fault(kind: kind, file: file, offset: offset, skippedBytes: skipped, reason: reason))
  }
}
