// SPDX-License-Identifier: Apache-2.0

/// The tables of a state file, as the steps that led to them.
enum StateSchema {
  /// What marks a file of SQLite as ours: "TIns" in ASCII.
  static let applicationID = 0x5449_6E73

  /// Statements that make version n of version n - 1; a version that was released never changes.
  ///
  /// Tables of large contents have row numbers, since without them the contents would stand in the
  /// inner pages of the tree, and few rows would fit between two reads; the others are their key.
  static let migrations: [[String]] = [
    [
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
      """
      CREATE TABLE files(path TEXT PRIMARY KEY, size INTEGER NOT NULL, stamp TEXT NOT NULL,
        day INTEGER NOT NULL) STRICT, WITHOUT ROWID
      """,
      """
      CREATE TABLE counts(day INTEGER NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY(day, part)) STRICT
      """,
      """
      CREATE TABLE duplicates(day INTEGER NOT NULL, part INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY(day, part)) STRICT
      """,
      "CREATE TABLE memories(series BLOB PRIMARY KEY NOT NULL, content BLOB NOT NULL) STRICT",
      """
      CREATE TABLE insights(id TEXT PRIMARY KEY NOT NULL, start INTEGER NOT NULL,
        is_final INTEGER NOT NULL, content BLOB NOT NULL) STRICT
      """,
      "CREATE INDEX insights_by_start ON insights(start, id)",
      """
      CREATE TABLE told(series BLOB NOT NULL, start INTEGER NOT NULL, id TEXT NOT NULL,
        ended INTEGER, content BLOB NOT NULL, PRIMARY KEY(series, start)) STRICT
      """,
    ]
  ]
}
