// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// An insight as it is kept, once nothing that is still to come can change it.
public struct StoredInsight: Equatable, Sendable {
  /// Its identifier, the same for the same data.
  public let id: String
  /// Its first minute.
  public let start: Minute
  /// All of it, in whatever form the caller gives it.
  public let content: [UInt8]

  /// Creates an insight to be kept.
  public init(id: String, start: Minute, content: [UInt8]) {
    self.id = id
    self.start = start
    self.content = content
  }
}

/// The insights of this run and of those before it.
public struct StoredInsights {
  let state: StateFile

  /// Keeps an insight, in place of the one with its identifier.
  public func put(_ insight: StoredInsight) throws(StateFailure) {
    try state.change(
      """
      INSERT INTO insights(id, start, is_final, content) VALUES(?, ?, 1, ?)
      ON CONFLICT(id) DO UPDATE SET start = excluded.start, content = excluded.content
      """,
      [
        .text(insight.id), .integer(insight.start.sinceEpoch),
        .blob(state.contents.pack(insight.content)),
      ])
  }

  /// Drops those that start before a minute.
  public func drop(before minute: Minute) throws(StateFailure) {
    try state.change("DELETE FROM insights WHERE start < ?", [.integer(minute.sinceEpoch)])
  }

  /// Hands on those that start in [from, to), ordered by start and identifier.
  public func forEach(
    from: Minute, to: Minute, _ body: (StoredInsight) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    let sql = """
      SELECT id, start, content FROM insights WHERE start >= ? AND start < ?
      ORDER BY start, id
      """
    let bounds: [ColumnValue] = [.integer(from.sinceEpoch), .integer(to.sinceEpoch)]
    try state.read(sql, bounds) { row throws(StateFailure) in
      try body(
        StoredInsight(
          id: row.text(0), start: Minute(sinceEpoch: row.integer(1)),
          content: try state.content(row.blob(2))))
    }
  }

  /// Returns the one with an identifier, `nil` where there is none.
  public func insight(_ id: String) throws(StateFailure) -> StoredInsight? {
    var insight: StoredInsight?
    let sql = "SELECT start, content FROM insights WHERE id = ?"
    try state.read(sql, [.text(id)]) { row throws(StateFailure) in
      insight = StoredInsight(
        id: id, start: Minute(sinceEpoch: row.integer(0)),
        content: try state.content(row.blob(1)))
    }
    return insight
  }
}

extension StateFile {
  /// The insights that were found.
  public var insights: StoredInsights { StoredInsights(state: self) }
}
