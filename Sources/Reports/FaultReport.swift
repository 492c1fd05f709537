// SPDX-License-Identifier: Apache-2.0
import CSV
public import Vocabulary

/// What could not be read, as one CSV table: a row a fault, sorted by file and offset.
///
/// Faults beyond the thousand that are kept of one piece of a file were only counted; a last row
/// for each kind, with neither file nor offset, says how many.
public enum FaultReport {
  /// The names of the columns, in order.
  public static let columns = ["file", "offset", "skipped_bytes", "kind", "reason"]

  /// Returns the table's bytes.
  public static func encode(_ coverage: Coverage) -> [UInt8] {
    var writer = CSVWriter()
    for column in columns { writer.cell(column) }
    writer.endRow()
    for fault in coverage.sortedFaults {
      writer.textCell(fault.file)
      writer.cell(String(fault.offset))
      writer.cell(String(fault.skippedBytes))
      writer.cell(fault.kind.rawValue)
      writer.textCell(fault.reason)
      writer.endRow()
    }
    for (kind, count) in coverage.omittedFaults.sorted(by: { utf8Less($0.key, $1.key) }) {
      for cell in ["", "", "", kind, "\(count) more, only counted"] { writer.cell(cell) }
      writer.endRow()
    }
    return writer.bytes
  }
}
