// SPDX-License-Identifier: Apache-2.0

extension StateFile {
  /// Returns what was kept under a key, `nil` where nothing was.
  public func meta(_ key: String) throws(StateFailure) -> [UInt8]? {
    var value: [UInt8]?
    try read("SELECT value FROM meta WHERE key = ?", [.text(key)]) { row throws(StateFailure) in
      value = row.blob(0)
    }
    return value
  }

  /// Keeps a few bytes under a key, in place of what was there; keys that begin with `store.` are
  /// the file's own.
  public func setMeta(_ key: String, _ value: [UInt8]) throws(StateFailure) {
    try change(
      """
      INSERT INTO meta(key, value) VALUES(?, ?)
      ON CONFLICT(key) DO UPDATE SET value = excluded.value
      """, [.text(key), .blob(value)])
  }
}
