// SPDX-License-Identifier: Apache-2.0

/// Which files of a trail were read, and in which state they were then.
public struct KnownFiles {
  struct Version: Equatable {
    let size: Int
    let stamp: String
  }

  let state: StateFile

  /// Returns whether a file was read as it is now.
  ///
  /// The stamp is when it was last modified, in nanoseconds, or its ETag. The first question reads
  /// the whole list, so that those of a long listing take no time.
  public func knows(_ path: String, size: Int, stamp: String) throws(StateFailure) -> Bool {
    try loaded()[path] == Version(size: size, stamp: stamp)
  }

  /// Returns how many files were read.
  public func count() throws(StateFailure) -> Int { try loaded().count }

  /// Notes that a file was read, in place of what was known of its path.
  ///
  /// The day is one since 1970-01-01, by which `forget(before:)` goes.
  public func note(
    _ path: String, size: Int, stamp: String, day: Int
  ) throws(StateFailure) {
    try state.change(
      """
      INSERT INTO files(path, size, stamp, day) VALUES(?, ?, ?, ?)
      ON CONFLICT(path) DO UPDATE SET size = excluded.size, stamp = excluded.stamp,
        day = excluded.day
      """, [.text(path), .integer(size), .text(stamp), .integer(day)])
    state.knownFiles?[path] = Version(size: size, stamp: stamp)
  }

  /// Forgets the files that were noted for days before one.
  public func forget(before day: Int) throws(StateFailure) {
    try state.change("DELETE FROM files WHERE day < ?", [.integer(day)])
    state.knownFiles = nil
  }

  private func loaded() throws(StateFailure) -> [String: Version] {
    if let known = state.knownFiles { return known }
    var known: [String: Version] = [:]
    try state.read("SELECT path, size, stamp FROM files") { row throws(StateFailure) in
      known[row.text(0)] = Version(size: row.integer(1), stamp: row.text(2))
    }
    state.knownFiles = known
    return known
  }
}

extension StateFile {
  /// Which files were read.
  public var files: KnownFiles { KnownFiles(state: self) }
}
