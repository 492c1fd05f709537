// SPDX-License-Identifier: Apache-2.0

/// Reads RFC 4180 rows from bytes: quoted cells may hold commas, doubled quotes and line ends.
///
/// Rows end in LF, CRLF or CR; the last may end with the bytes. A byte order mark is passed over,
/// and so is an empty line. Nothing throws: a quote that is never closed runs to the end of the
/// bytes and sets `isUnterminated`. Invalid UTF-8 is replaced by U+FFFD.
public struct CSVReader: Sendable {
  /// The rows, as they stand.
  public let bytes: [UInt8]
  private var position: Int

  /// Offset of the first byte of the row that `next()` returned last.
  public private(set) var rowOffset = 0
  /// Whether the bytes ended inside a quoted cell.
  public private(set) var isUnterminated = false

  /// Creates a reader at the first row.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Returns the cells of the next row, `nil` after the last.
  ///
  /// - Complexity: O(n) in the bytes of the row.
  public mutating func next() -> [String]? {
    while position < bytes.count, Self.isLineEnd(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    rowOffset = position
    var cells: [String] = []
    while true {
      cells.append(nextCell())
      guard position < bytes.count else { return cells }
      let separator = bytes[position]
      position += 1
      guard separator == UInt8(ascii: ",") else { return cells }
    }
  }

  /// Finds the cells of the next row where none of them holds a quote, without making texts of them.
  ///
  /// - Parameter cells: gets the place of each cell in `bytes`.
  /// - Returns: `false` after the last row and before a row with quotes: `next()` says which.
  /// - Complexity: O(n) in the bytes of the row.
  public mutating func nextPlain(into cells: inout [Range<Int>]) -> Bool {
    cells.removeAll(keepingCapacity: true)
    let all = bytes
    let text = all.span
    while position < text.count, Self.isLineEnd(text[position]) { position += 1 }
    var start = position
    var index = position
    while index < text.count, !Self.isLineEnd(text[index]) {
      if text[index] == UInt8(ascii: "\"") { return false }
      if text[index] == UInt8(ascii: ",") {
        cells.append(start..<index)
        start = index + 1
      }
      index += 1
    }
    guard index > position else { return false }
    cells.append(start..<index)
    rowOffset = position
    position = index < text.count ? index + 1 : index
    return true
  }

  /// Reads up to, not over, the separator or line end after the cell.
  private mutating func nextCell() -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return plainCell() }
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == UInt8(ascii: "\"") else {
        content.append(byte)
        continue
      }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        // What stands between the closing quote and the separator belongs to the cell, too.
        return String(decoding: content, as: UTF8.self) + plainCell()
      }
      content.append(byte)
      position += 1
    }
    isUnterminated = true
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func plainCell() -> String {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ","),
      !Self.isLineEnd(bytes[position])
    {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}
