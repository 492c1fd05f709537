// SPDX-License-Identifier: Apache-2.0
internal import Bytes

/// A file that remembers, between runs and through a kill at any instant, what a run must know.
///
///     let state = try StateFile(path: "trail.db")
///     try state.counts.append(part, to: day)
///     try state.commit()
///
/// A writer holds the file from the moment it is opened; what it writes counts once `commit()` has
/// returned, all of it or none. Readers see the last commit as of their opening, beside a writer.
/// After a failure to write, what was not committed is gone, and everything more fails alike.
///
/// Why SQLite: its write-ahead log has survived more crashes than any format of our own would.
///
/// It holds no lock of Swift's, so it belongs to one task at a time.
public final class StateFile {
  /// How long the second of two processes waits for the first.
  public static let usualBusyMilliseconds = 5000
  static let generationKey = "store.generation"

  /// Where the file lies.
  public let path: String
  let database: Database
  let contents = ContentPacker()
  /// How often the file was committed, by whoever it was.
  private var generation = 0
  /// Set after a failure: there is no transaction any more that could be written in.
  private var ended: StateFailure?
  /// The files that were read, once somebody asked.
  var knownFiles: [String: KnownFiles.Version]?

  /// Opens a state file for writing, or makes it; what an earlier version wrote is brought up to date.
  ///
  /// An empty file counts as none. The structure is checked (`PRAGMA quick_check`), not each entry
  /// of each index: the full check takes several times as long, for minutes on large files.
  ///
  /// - Parameters:
  ///   - path: Where it lies.
  ///   - busyMilliseconds: How long to wait while another process writes it.
  /// - Throws: `StateFailure`; the file is left as it was.
  public convenience init(
    path: String, busyMilliseconds: Int = StateFile.usualBusyMilliseconds
  ) throws(StateFailure) {
    try self.init(
      path: path, busyMilliseconds: busyMilliseconds, migrations: StateSchema.migrations)
  }

  init(path: String, busyMilliseconds: Int, migrations: [[String]]) throws(StateFailure) {
    self.path = path
    database = try Database(path: path, access: .writing, busyMilliseconds: busyMilliseconds)
    try database.refuseForeign(known: migrations.count)
    guard !database.isReadOnly else { throw StateFailure(path: path, reason: .readOnly) }
    try database.prepareForWriting()
    try database.run("BEGIN IMMEDIATE")
    try database.check()
    try database.migrate(migrations)
    generation = try database.generation()
  }

  private init(reading database: Database, known: Int) throws(StateFailure) {
    path = database.path
    self.database = database
    try database.run("BEGIN")
    let version = try database.refuseForeign(known: known)
    guard version == known else {
      throw StateFailure(path: path, reason: .older(version: version, known: known))
    }
    try database.check()
  }

  /// Opens a state file for reading, also beside a process that writes it.
  ///
  /// All that is read is of one commit, the last at this moment. A file on a medium that cannot be
  /// written is read without locks, provided that its writer ended in order.
  public static func openForReading(path: String) throws(StateFailure) -> StateFile {
    try openForReading(path: path, known: StateSchema.migrations.count)
  }

  static func openForReading(path: String, known: Int) throws(StateFailure) -> StateFile {
    do throws(StateFailure) {
      return try StateFile(reading: reader(path, .reading), known: known)
    } catch {
      guard error.reason == .readOnly, !Database.hasFile(path + "-wal") else { throw error }
      return try StateFile(reading: reader(path, .immutable), known: known)
    }
  }

  private static func reader(
    _ path: String, _ access: Database.Access
  ) throws(StateFailure) -> Database {
    try Database(path: path, access: access, busyMilliseconds: usualBusyMilliseconds)
  }

  /// Makes everything written since the last commit last, and goes on.
  ///
  /// When it returns, the disk has it. When it throws `changed` or `inUse`, it was saved too, but
  /// another process has taken the file since, and this one must stop.
  public func commit() throws(StateFailure) {
    try finish()
    try begin()
  }

  func finish() throws(StateFailure) {
    try setMeta(Self.generationKey, Array(String(generation + 1).utf8))
    try change("COMMIT")
    generation += 1
  }

  /// Takes the file again; who got it in between has counted its commits.
  func begin() throws(StateFailure) {
    try change("BEGIN IMMEDIATE")
    guard try database.generation() == generation else {
      let failure = StateFailure(path: path, reason: .changed)
      end(failure)
      throw failure
    }
  }

  /// Lets go of the file; what was not committed is gone.
  public func close() {
    end(StateFailure(path: path, reason: .failed("it is closed")))
    database.close()
  }

  /// Bytes of the file, with what is written and not committed yet, without the log beside it.
  public var size: Int {
    get throws(StateFailure) {
      var size = 1
      for pragma in ["PRAGMA page_count", "PRAGMA page_size"] {
        try read(pragma) { row throws(StateFailure) in size *= row.integer(0) }
      }
      return size
    }
  }

  /// Gives room that is no longer needed back to the file system, at the next commit.
  public func compact() throws(StateFailure) {
    try change("PRAGMA incremental_vacuum")
  }

  // MARK: Statements

  /// Runs a statement that changes something.
  func change(_ sql: String, _ values: [ColumnValue] = []) throws(StateFailure) {
    try orEnd { () throws(StateFailure) in try database.run(sql, values) }
  }

  /// Runs a statement and hands its rows on.
  func read(
    _ sql: String, _ values: [ColumnValue] = [],
    _ body: (borrowing Row) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    if let ended { throw ended }
    try database.rows(sql, values, body)
  }

  /// Unpacks a content that was read.
  func content(_ packed: [UInt8]) throws(StateFailure) -> [UInt8] {
    guard let content = contents.unpack(packed) else {
      throw StateFailure(path: path, reason: .damaged("a content is not as it was written"))
    }
    return content
  }

  /// Why: after some failures SQLite has rolled back by itself, and each statement that followed
  /// would be a commit of its own.
  private func orEnd(_ body: () throws(StateFailure) -> Void) throws(StateFailure) {
    if let ended { throw ended }
    do throws(StateFailure) {
      try body()
    } catch {
      end(error)
      throw error
    }
  }

  private func end(_ failure: StateFailure) {
    guard ended == nil else { return }
    ended = failure
    try? database.run("ROLLBACK")
  }
}
