// SPDX-License-Identifier: Apache-2.0

/// What the model keeps of each series from one day to the next.
public struct SeriesMemories {
  /// A series, by whatever bytes name it, and what is kept of it.
  public typealias Entry = (series: [UInt8], content: [UInt8])

  let state: StateFile

  /// Replaces all memories; series that are not named are forgotten.
  ///
  /// Ascending keys are written fastest and lie closest.
  ///
  /// - Throws: also where a series is named twice.
  public func replaceAll(by entries: some Sequence<Entry>) throws(StateFailure) {
    // The room that this frees is used again at once, in the same transaction.
    try state.change("DELETE FROM memories")
    for entry in entries {
      try state.change(
        "INSERT INTO memories(series, content) VALUES(?, ?)",
        [.blob(entry.series), .blob(state.contents.pack(entry.content))])
    }
  }

  /// Hands on all memories in the order of their series' bytes.
  public func forEach(
    _ body: (_ series: [UInt8], _ content: [UInt8]) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    try state.read("SELECT series, content FROM memories ORDER BY series") {
      row throws(StateFailure) in
      try body(row.blob(0), try state.content(row.blob(1)))
    }
  }

  /// Returns how many series are remembered.
  public func count() throws(StateFailure) -> Int {
    var count = 0
    try state.read("SELECT count(*) FROM memories") { row throws(StateFailure) in
      count = row.integer(0)
    }
    return count
  }
}

extension StateFile {
  /// What the model keeps of each series.
  public var memories: SeriesMemories { SeriesMemories(state: self) }
}
