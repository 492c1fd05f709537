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
    guard let header = csv.next(), let columns = CountsColumns(header) else {
      report(.notTrailData, file, 0, "the header is not that of a table of counts", bytes.count)
      return
    }
    var plain = PlainCountRows(columns)
    while true {
      if plain.read(&csv, into: &table) {
        rowCount += 1
        continue
      }
      // What the short way cannot read, damage above all, goes the long one.
      guard let cells = plain.cells(of: &csv) else { break }
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
