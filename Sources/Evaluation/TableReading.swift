// SPDX-License-Identifier: Apache-2.0
import CSV
import Vocabulary

/// A row of a table that could not be taken, with the line on which it begins.
public struct RowError: Hashable, Sendable {
  /// 1 for the header.
  public let line: Int
  /// One clause for a person, such as `no start_time`.
  public let reason: String
}

/// The rows of a table that could be read, and what is wrong with the others.
public struct TableContent<Row: Sendable>: Sendable {
  /// In the order of the table.
  public let rows: [Row]
  /// By line.
  public let errors: [RowError]
}

/// Reads labels from CSV with the columns that `generate` writes, in any order.
public func readLabels(_ bytes: [UInt8]) -> TableContent<Label> {
  readTable(bytes, needs: keyColumns + ["start_time", "end_time"]) { row throws(RowProblem) in
    let (start, end) = (try row.minute("start_time"), try row.minute("end_time"))
    guard end > start else { throw RowProblem(reason: "end_time is not after start_time") }
    return Label(
      series: try row.series(), start: start, end: end, family: row["family"],
      culpritARN: row["culprit_arn"])
  }
}

/// Reads lures from CSV with the columns that `generate` writes, in any order.
public func readLures(_ bytes: [UInt8]) -> TableContent<Lure> {
  readTable(bytes, needs: ["kind", "start_time", "end_time"]) { row throws(RowProblem) in
    let isWholeTrail = row["insight_type"].isEmpty
    return Lure(
      kind: row["kind"], series: isWholeTrail ? nil : try row.series(),
      start: try row.minute("start_time"), end: try row.minute("end_time"))
  }
}

/// Reads the CSV report of `detect`, with its columns in any order and any others beside them.
public func readInsights(_ bytes: [UInt8]) -> TableContent<ReportedInsight> {
  readTable(bytes, needs: keyColumns + ["start_time", "severity"]) { row throws(RowProblem) in
    guard let severity = Double(row["severity"]), severity.isFinite else {
      throw RowProblem(reason: "severity is no number")
    }
    return ReportedInsight(
      series: try row.series(), start: try row.minute("start_time"),
      end: row["end_time"].isEmpty ? nil : try row.minute("end_time"),
      detected: row["detected_time"].isEmpty ? nil : try row.minute("detected_time"),
      severity: severity, topUserIdentityARN: row["top_user_identity_arn"])
  }
}

private let keyColumns = [
  "insight_type", "recipient_account_id", "aws_region", "event_source", "event_name",
]

private struct RowProblem: Error {
  let reason: String
}

/// One row's cells by the header's names; a column that is missing is empty.
private struct NamedRow {
  let columns: [String: Int]
  let cells: [String]

  subscript(name: String) -> String {
    guard let column = columns[name], column < cells.count else { return "" }
    return withoutFormulaGuard(cells[column])
  }

  func minute(_ name: String) throws(RowProblem) -> Minute {
    guard !self[name].isEmpty else { throw RowProblem(reason: "no \(name)") }
    guard let time = Timestamp(rfc3339: self[name]) else {
      throw RowProblem(reason: "\(name) is no RFC 3339 time")
    }
    return time.minute
  }

  func series() throws(RowProblem) -> SeriesKey {
    guard let type = InsightType(rawValue: self["insight_type"]) else {
      throw RowProblem(reason: "insight_type is none that is known")
    }
    return SeriesKey(
      recipientAccountID: self["recipient_account_id"], awsRegion: self["aws_region"],
      eventCategory: self["event_category"], eventSource: self["event_source"],
      eventName: self["event_name"], insightType: type, errorCode: self["error_code"])
  }
}

private func readTable<Row: Sendable>(
  _ bytes: [UInt8], needs columns: [String], _ make: (NamedRow) throws(RowProblem) -> Row
) -> TableContent<Row> {
  var reader = CSVReader(bytes)
  guard let header = reader.next() else {
    return TableContent(rows: [], errors: [RowError(line: 1, reason: "no header")])
  }
  let positions = Dictionary(zip(header, 0...), uniquingKeysWith: { first, _ in first })
  if let missing = columns.first(where: { positions[$0] == nil }) {
    let error = RowError(line: 1, reason: "no column \(missing)")
    return TableContent(rows: [], errors: [error])
  }
  var rows: [Row] = []
  var errors: [RowError] = []
  var lines = LineCounter(bytes)
  while let cells = reader.next() {
    do throws(RowProblem) {
      rows.append(try make(NamedRow(columns: positions, cells: cells)))
    } catch {
      errors.append(RowError(line: lines.line(at: reader.rowOffset), reason: error.reason))
    }
  }
  return TableContent(rows: rows, errors: errors)
}

/// Tells the line of an offset, for offsets that grow.
private struct LineCounter {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func line(at target: Int) -> Int {
    while offset < target {
      let isBreak =
        bytes[offset] == 10
        || bytes[offset] == 13 && (offset + 1 == bytes.count || bytes[offset + 1] != 10)
      if isBreak { line += 1 }
      offset += 1
    }
    return line
  }
}
