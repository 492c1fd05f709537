// SPDX-License-Identifier: Apache-2.0

/// What makes a file of SQLite a state file.
extension Database {
  /// Returns the version of a state file, 0 for one that is still empty.
  ///
  /// - Throws: where the file is of something else or too new; nothing was changed.
  @discardableResult
  func refuseForeign(known: Int) throws(StateFailure) -> Int {
    let application = try integer("PRAGMA application_id")
    let version = try integer("PRAGMA user_version")
    if application != StateSchema.applicationID {
      let tableCount = try integer("SELECT count(*) FROM sqlite_schema")
      guard application == 0, version == 0, tableCount == 0 else {
        throw StateFailure(path: path, reason: .notAStateFile)
      }
    }
    guard version <= known else {
      throw StateFailure(path: path, reason: .newer(version: version, known: known))
    }
    return version
  }

  /// Chooses what SQLite asks to be chosen before the first transaction.
  func prepareForWriting() throws(StateFailure) {
    // Only a file that is still empty takes this; it lets `compact()` shorten the file.
    try run("PRAGMA auto_vacuum = INCREMENTAL")
    var mode = ""
    try rows("PRAGMA journal_mode = WAL") { row throws(StateFailure) in mode = row.text(0) }
    guard mode == "wal" else {
      let words = "its file system has no shared memory for a write-ahead log"
      throw StateFailure(path: path, reason: .failed(words))
    }
    try run("PRAGMA synchronous = FULL")
    try run("PRAGMA foreign_keys = OFF")
    try run("PRAGMA cell_size_check = ON")
    // Scratch files would lie in folders of others.
    try run("PRAGMA temp_store = MEMORY")
    try run("PRAGMA cache_size = -4096")
    // A day's large commit must not leave a log of its size behind.
    try run("PRAGMA journal_size_limit = 16777216")
  }

  /// Looks at the structure of every page.
  func check() throws(StateFailure) {
    var words = ""
    try rows("PRAGMA quick_check(1)") { row throws(StateFailure) in words = row.text(0) }
    guard words == "ok" else { throw StateFailure(path: path, reason: .damaged(words)) }
  }

  /// Brings the file up to date in one transaction, which must have begun, and begins the next.
  func migrate(_ migrations: [[String]]) throws(StateFailure) {
    // Looked up again: another process may have been faster.
    let version = try refuseForeign(known: migrations.count)
    guard version < migrations.count else { return }
    for statement in migrations[version...].joined() { try run(statement) }
    try run("PRAGMA application_id = \(StateSchema.applicationID)")
    try run("PRAGMA user_version = \(migrations.count)")
    try run("COMMIT")
    try run("BEGIN IMMEDIATE")
    try refuseForeign(known: migrations.count)
  }

  func generation() throws(StateFailure) -> Int {
    var text = "0"
    try rows("SELECT value FROM meta WHERE key = ?", [.text(StateFile.generationKey)]) {
      row throws(StateFailure) in text = row.text(0)
    }
    guard let generation = Int(text) else {
      throw StateFailure(path: path, reason: .damaged("its count of commits is no number"))
    }
    return generation
  }

  private func integer(_ sql: String) throws(StateFailure) -> Int {
    var value = 0
    try rows(sql) { row throws(StateFailure) in value = row.integer(0) }
    return value
  }
}
