// SPDX-License-Identifier: Apache-2.0

/// Contents that belong to days, each day's in parts that came one after the other.
///
/// A run adds a part to each day that it saw something of; once a day has many, its parts are
/// replaced by their sum. Days are days since 1970-01-01.
public struct DayParts {
  let state: StateFile
  let table: String

  /// Adds a part behind those that the day has.
  public func append(_ content: [UInt8], to day: Int) throws(StateFailure) {
    try state.change(
      """
      INSERT INTO \(table)(day, part, content)
      SELECT ?1, coalesce(max(part) + 1, 0), ?2 FROM \(table) WHERE day = ?1
      """, [.integer(day), .blob(state.contents.pack(content))])
  }

  /// Hands on all parts of a range of days, by day and then in the order in which they came.
  public func forEach(
    in days: Range<Int>, _ body: (_ day: Int, _ content: [UInt8]) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    let sql = "SELECT day, content FROM \(table) WHERE day >= ? AND day < ? ORDER BY day, part"
    let bounds: [ColumnValue] = [.integer(days.lowerBound), .integer(days.upperBound)]
    try state.read(sql, bounds) { row throws(StateFailure) in
      try body(row.integer(0), try state.content(row.blob(1)))
    }
  }

  /// Returns the parts of one day, in the order in which they came.
  public func parts(of day: Int) throws(StateFailure) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    try forEach(in: day..<day + 1) { _, content throws(StateFailure) in parts.append(content) }
    return parts
  }

  /// Returns how many parts each day has, for the days that have any, in order.
  public func partCounts() throws(StateFailure) -> [(day: Int, count: Int)] {
    var counts: [(day: Int, count: Int)] = []
    let sql = "SELECT day, count(*) FROM \(table) GROUP BY day ORDER BY day"
    try state.read(sql) { row throws(StateFailure) in
      counts.append((row.integer(0), row.integer(1)))
    }
    return counts
  }

  /// Puts one part in the place of all that a day has.
  public func replace(_ day: Int, by content: [UInt8]) throws(StateFailure) {
    try state.change("DELETE FROM \(table) WHERE day = ?", [.integer(day)])
    try append(content, to: day)
  }

  /// Drops the days before one.
  public func drop(before day: Int) throws(StateFailure) {
    try state.change("DELETE FROM \(table) WHERE day < ?", [.integer(day)])
  }
}

extension StateFile {
  /// What was counted, by day.
  public var counts: DayParts { DayParts(state: self, table: "counts") }

  /// By what events are known that were counted, by day.
  public var duplicates: DayParts { DayParts(state: self, table: "duplicates") }
}
