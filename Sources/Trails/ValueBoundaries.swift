// SPDX-License-Identifier: Apache-2.0

/// Finds where a growing text may be cut without cutting a JSON value or a line of other text.
///
/// It counts brackets outside of strings. Damage must not keep it from ever finding an end, so a
/// line end within a string, which JSON forbids, and a line that begins with `{` start anew.
struct ValueBoundaries {
  /// The bytes before it are whole values or lines.
  private(set) var lastBoundary = 0
  private var scanned = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var isAtLineStart = true

  /// Bytes at the end that are searched for the beginning of a line's object.
  private static let searched = 64 << 10

  /// Looks at the bytes that were added since the last call.
  ///
  /// Whatever came before, a line that begins with `{` starts anew: of JSON lines only the last is
  /// looked at.
  ///
  /// - Parameters:
  ///   - bytes: all that is there and was not dropped.
  ///   - skipsLines: whether to begin at such a line; the other way is the slow twin, for tests.
  mutating func scan(_ bytes: Span<UInt8>, skipsLines: Bool = true) {
    if skipsLines, let start = lastObjectLine(bytes) { (scanned, isAtLineStart) = (start, true) }
    for index in scanned..<bytes.count { step(bytes[index], at: index) }
    scanned = bytes.count
  }

  /// Where the last line that begins with `{` begins, if its line end was not scanned yet.
  private func lastObjectLine(_ bytes: Span<UInt8>) -> Int? {
    var index = bytes.count - 1
    while index > max(scanned, bytes.count - Self.searched) {
      if bytes[index] == UInt8(ascii: "{"), bytes[index - 1] == UInt8(ascii: "\n") { return index }
      index -= 1
    }
    return nil
  }

  /// Takes note that the bytes before the last boundary were taken away.
  mutating func dropWhole() {
    scanned -= lastBoundary
    lastBoundary = 0
  }

  private mutating func step(_ byte: UInt8, at index: Int) {
    if isAtLineStart, byte == UInt8(ascii: "{") { reset(boundary: index) }
    isAtLineStart = byte == UInt8(ascii: "\n")
    if isAtLineStart {
      if isInString { reset(boundary: index + 1) }
      if depth == 0 { lastBoundary = index + 1 }
    }
    if isInString { return stepInString(byte) }
    switch byte {
    case UInt8(ascii: "\""): isInString = depth > 0
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth = max(0, depth - 1)
      if depth == 0 { lastBoundary = index + 1 }
    default: break
    }
  }

  private mutating func stepInString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInString = false
    }
  }

  private mutating func reset(boundary: Int) {
    depth = 0
    isInString = false
    isEscaped = false
    lastBoundary = boundary
  }
}
