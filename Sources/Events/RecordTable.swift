// SPDX-License-Identifier: Apache-2.0
internal import CSimdjson

/// The rows that the walker finds in a buffer, some at a time.
///
/// Crossing into C costs a call, so it is done once per batch of rows; they are few enough to be
/// read in the first cache. The memory is reused.
@safe final class RecordTable {
  private static let capacity = 32

  private let walker: OpaquePointer?
  private let rows: UnsafeMutablePointer<trail_row>
  private let fields: UnsafeMutablePointer<trail_field>
  private var base: UnsafePointer<UInt8>?

  init() {
    unsafe walker = trail_walker_create()
    unsafe rows = .allocate(capacity: Self.capacity)
    unsafe fields = .allocate(capacity: Self.capacity * Int(TRAIL_FIELD_COUNT.rawValue))
  }

  deinit {
    unsafe trail_walker_destroy(walker)
    unsafe rows.deallocate()
    unsafe fields.deallocate()
  }

  /// Walks pair by pair from now on: the slow twin of taking records in one go, for tests.
  func takePairs() {
    if let walker = unsafe walker { unsafe trail_walker_take_pairs(walker) }
  }

  /// Begins some bytes, which must stay as they are until `advance` has returned `nil`.
  ///
  /// - Precondition: 64 bytes behind the last can be read.
  @unsafe func begin(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe base = bytes.baseAddress
    guard let walker = unsafe walker, let base = unsafe base else { return }
    unsafe trail_walker_begin(walker, base, bytes.count)
  }

  /// Finds the next rows and returns how many; `nil` after the last.
  func advance() -> Int? {
    guard let walker = unsafe walker, unsafe base != nil else { return nil }
    let count = unsafe trail_walker_next(walker, rows, fields, Self.capacity)
    return count > 0 ? count : nil
  }

  /// One of the rows that `advance` found.
  func record(_ index: Int) -> Record {
    precondition(index >= 0 && index < Self.capacity, "no such row")
    guard let base = unsafe base else { preconditionFailure("advance comes before record") }
    let first = unsafe fields + index * Int(TRAIL_FIELD_COUNT.rawValue)
    return unsafe Record(row: rows[index], fields: first, base: base)
  }
}

/// One row of the table: where the fields of one JSON object stand.
@safe struct Record {
  let row: trail_row
  private let fields: UnsafePointer<trail_field>
  private let base: UnsafePointer<UInt8>

  init(row: trail_row, fields: UnsafePointer<trail_field>, base: UnsafePointer<UInt8>) {
    self.row = row
    unsafe self.fields = fields
    unsafe self.base = base
  }

  var length: Int { row.end - row.start }

  /// The row as it stands in the source.
  var source: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base + row.start, count: length)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  func kind(_ field: trail_field_id) -> trail_value_kind {
    unsafe trail_value_kind(rawValue: fields[Int(field.rawValue)].kind)
  }

  func has(_ field: trail_field_id) -> Bool { kind(field) != TRAIL_ABSENT }

  func isEscaped(_ field: trail_field_id) -> Bool { kind(field) == TRAIL_ESCAPED_STRING }

  /// Whether a text that is compared as it stands has escapes, which hardly any record has.
  var hasEscapedWord: Bool { row.has_escapes && Self.words.contains { isEscaped($0) } }

  private static let words = [
    TRAIL_EVENT_VERSION, TRAIL_EVENT_TIME, TRAIL_EVENT_SOURCE, TRAIL_EVENT_NAME, TRAIL_EVENT_ID,
    TRAIL_EVENT_TYPE, TRAIL_EVENT_CATEGORY, TRAIL_READ_ONLY, TRAIL_MANAGEMENT_EVENT,
    TRAIL_CONSOLE_LOGIN, TRAIL_ADDENDUM_REASON, TRAIL_ORIGINAL_EVENT_ID, TRAIL_IDENTITY_TYPE,
    TRAIL_MESSAGE_TYPE,
  ]

  /// The bytes of a value as they stand in the source; none where it is absent.
  @_lifetime(borrow self)
  func raw(_ field: trail_field_id) -> Span<UInt8> {
    let value = unsafe place(field, kind(field) != TRAIL_ABSENT)
    return unsafe _overrideLifetime(Span(_unsafeElements: value), borrowing: self)
  }

  /// The bytes of a string, with its escapes; none where the value is no string.
  @_lifetime(borrow self)
  func text(_ field: trail_field_id) -> Span<UInt8> {
    let isText = kind(field) == TRAIL_STRING || isEscaped(field)
    let value = unsafe place(field, isText)
    return unsafe _overrideLifetime(Span(_unsafeElements: value), borrowing: self)
  }

  private func place(_ field: trail_field_id, _ isWanted: Bool) -> UnsafeBufferPointer<UInt8> {
    let place = unsafe fields[Int(field.rawValue)]
    let start = unsafe base + row.start + Int(place.offset)
    return unsafe UnsafeBufferPointer(start: start, count: isWanted ? Int(place.length) : 0)
  }

  /// A truth value, written as JSON's own or as a string.
  func flag(_ field: trail_field_id) -> Bool? {
    let value = raw(field)
    if value.equals("true") { return true }
    return value.equals("false") ? false : nil
  }
}
