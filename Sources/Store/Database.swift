// SPDX-License-Identifier: Apache-2.0
internal import CSQLite
internal import Glibc

/// A value that goes into a statement.
enum ColumnValue {
  case integer(Int)
  case text(String)
  case blob([UInt8])
  case null
}

/// A connection to a file of SQLite: the only file here that calls C.
///
/// Statements are prepared once and kept. Failures come as the caller's own, with the file's name.
@safe final class Database {
  enum Access {
    case writing
    case reading
    /// For a file on a medium that nobody can write: no locks, no files beside it.
    case immutable
  }

  let path: String
  private var handle: OpaquePointer?
  private var isOpen = false
  private var statements: [String: Statement] = [:]

  init(path: String, access: Access, busyMilliseconds: Int) throws(StateFailure) {
    self.path = path
    guard !path.utf8.contains(0) else {
      throw StateFailure(path: path, reason: .cannotOpen("a path holds no zero bytes"))
    }
    // A folder in front keeps `:memory:` and the empty name from meaning something else.
    let full = path.hasPrefix("/") ? path : "./" + path
    let name = access == .immutable ? "file:\(Self.escaped(full))?immutable=1" : full
    let flags =
      switch access {
      case .writing: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .reading: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let code = unsafe sqlite3_open_v2(name, &handle, flags, nil)
    guard code == SQLITE_OK else { throw failure(code) }
    isOpen = true
    _ = unsafe sqlite3_extended_result_codes(handle, 1)
    _ = unsafe sqlite3_busy_timeout(handle, Int32(clamping: busyMilliseconds))
  }

  deinit { close() }

  /// Rolls back what is not committed; nothing may be asked afterwards.
  func close() {
    statements = [:]
    _ = unsafe sqlite3_close_v2(handle)
    unsafe handle = nil
  }

  /// Whether the system lets this process only read the file.
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

  /// Whether a file lies at a path, as SQLite sees it.
  static func hasFile(_ path: String) -> Bool {
    var found: Int32 = 0
    guard let system = unsafe sqlite3_vfs_find(nil), let ask = unsafe system.pointee.xAccess else {
      return false
    }
    return unsafe ask(system, path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found != 0
  }

  /// Runs a statement to its end and hands each of its rows to `body`.
  func rows(
    _ sql: String, _ values: [ColumnValue] = [],
    _ body: (borrowing Row) throws(StateFailure) -> Void
  ) throws(StateFailure) {
    let statement = try prepared(sql)
    defer { statement.reset() }
    for (index, value) in values.enumerated() {
      let code = statement.bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    while true {
      let code = statement.step()
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      try body(Row(statement: statement))
    }
  }

  /// Runs a statement whose rows, if any, do not matter.
  func run(_ sql: String, _ values: [ColumnValue] = []) throws(StateFailure) {
    try rows(sql, values) { _ in }
  }

  private func prepared(_ sql: String) throws(StateFailure) -> Statement {
    if let statement = statements[sql] { return statement }
    var pointer: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
    guard code == SQLITE_OK, let pointer = unsafe pointer else { throw failure(code) }
    let statement = unsafe Statement(pointer)
    statements[sql] = statement
    return statement
  }

  private func failure(_ code: Int32) -> StateFailure {
    // SQLite itself notes it where a file is opened, and not where a page is written.
    let asLeft = errno
    let message = unsafe String(cString: sqlite3_errmsg(handle))
    var systemCode = unsafe sqlite3_system_errno(handle)
    if systemCode == 0, [SQLITE_IOERR, SQLITE_FULL].contains(code & 0xFF),
      StateFailure.noRoomCodes.contains(asLeft)
    {
      systemCode = asLeft
    }
    // The file is there, but no log can be made beside it: SQLite asked twice and forgot why.
    if isOpen, systemCode == ENOENT { systemCode = EROFS }
    let systemMessage = unsafe systemCode == 0 ? message : String(cString: strerror(systemCode))
    return StateFailure(
      path: path,
      reason: .init(
        code: code, message: message, systemCode: systemCode, systemMessage: systemMessage))
  }

  /// A path as it stands in a URI.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "/._-".utf8.contains(byte)
      let digits = String(byte, radix: 16)
      return isPlain ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + digits
    }.joined()
  }
}

/// The present row of a statement.
struct Row: ~Copyable {
  fileprivate let statement: Statement

  func integer(_ column: Int32) -> Int { statement.integer(column) }
  func isNull(_ column: Int32) -> Bool { statement.isNull(column) }
  func blob(_ column: Int32) -> [UInt8] { statement.blob(column) }
  func text(_ column: Int32) -> String { String(decoding: blob(column), as: UTF8.self) }
}

/// A prepared statement, finalized when it goes.
@safe private final class Statement {
  private let pointer: OpaquePointer

  @unsafe init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { _ = unsafe sqlite3_finalize(pointer) }

  func step() -> Int32 { unsafe sqlite3_step(pointer) }

  /// Lets go of the row and of the values.
  func reset() {
    _ = unsafe sqlite3_reset(pointer)
    _ = unsafe sqlite3_clear_bindings(pointer)
  }

  func bind(_ value: ColumnValue, at index: Int32) -> Int32 {
    // -1 as a destructor: SQLite takes a copy at once.
    let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .integer(let integer): return unsafe sqlite3_bind_int64(pointer, index, Int64(integer))
    case .null: return unsafe sqlite3_bind_null(pointer, index)
    case .text(let text):
      var text = text
      return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
          unsafe sqlite3_bind_text64(
            pointer, index, bytes.baseAddress ?? UnsafePointer(bitPattern: 8),
            UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      // No address would mean NULL.
      guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(pointer, index, 0) }
      return unsafe bytes.withUnsafeBytes { bytes in
        unsafe sqlite3_bind_blob64(
          pointer, index, bytes.baseAddress, UInt64(bytes.count), copied)
      }
    }
  }

  func integer(_ column: Int32) -> Int { Int(unsafe sqlite3_column_int64(pointer, column)) }

  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
  }

  func blob(_ column: Int32) -> [UInt8] {
    let start = unsafe sqlite3_column_blob(pointer, column)
    let count = Int(unsafe sqlite3_column_bytes(pointer, column))
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}
