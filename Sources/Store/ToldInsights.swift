// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// An insight whose start a stream has told.
public struct ToldInsight: Equatable, Sendable {
  /// Its series, by whatever bytes name it.
  public let series: [UInt8]
  /// Its first minute, as it was told.
  public let start: Minute
  /// The identifier that it was told under.
  public let id: String
  /// The minute at which its end was told; `nil` while it is open.
  public let ended: Minute?
  /// What else was told, in whatever form the caller gives it.
  public let content: [UInt8]

  /// Creates an insight that was told.
  public init(series: [UInt8], start: Minute, id: String, ended: Minute?, content: [UInt8]) {
    self.series = series
    self.start = start
    self.id = id
    self.ended = ended
    self.content = content
  }
}

/// What a stream has told, so that it tells nothing twice and ends what it began.
public struct ToldInsights {
  let state: StateFile

  /// Keeps an insight, in place of the one of its series and start.
  public func put(_ told: ToldInsight) throws(StateFailure) {
    try state.change(
      """
      INSERT INTO told(series, start, id, ended, content) VALUES(?, ?, ?, ?, ?)
      ON CONFLICT(series, start) DO UPDATE SET id = excluded.id, ended = excluded.ended,
        content = excluded.content
      """,
      [
        .blob(told.series), .integer(told.start.sinceEpoch), .text(told.id),
        told.ended.map { .integer($0.sinceEpoch) } ?? .null,
        .blob(state.contents.pack(told.content)),
      ])
  }

  /// Returns those whose end was not told, ordered by series and start.
  public func open() throws(StateFailure) -> [ToldInsight] {
    try all(where: "ended IS NULL")
  }

  /// Returns all that are kept, ordered by series and start.
  public func all() throws(StateFailure) -> [ToldInsight] { try all(where: "true") }

  /// Drops those that ended before a minute.
  public func drop(endedBefore minute: Minute) throws(StateFailure) {
    try state.change("DELETE FROM told WHERE ended < ?", [.integer(minute.sinceEpoch)])
  }

  private func all(where condition: String) throws(StateFailure) -> [ToldInsight] {
    var found: [ToldInsight] = []
    let sql = """
      SELECT series, start, id, ended, content FROM told WHERE \(condition)
      ORDER BY series, start
      """
    try state.read(sql) { row throws(StateFailure) in
      found.append(
        ToldInsight(
          series: row.blob(0), start: Minute(sinceEpoch: row.integer(1)), id: row.text(2),
          ended: row.isNull(3) ? nil : Minute(sinceEpoch: row.integer(3)),
          content: try state.content(row.blob(4))))
    }
    return found
  }
}

extension StateFile {
  /// What a stream has told.
  public var told: ToldInsights { ToldInsights(state: self) }
}
