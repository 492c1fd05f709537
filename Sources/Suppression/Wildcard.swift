// SPDX-License-Identifier: Apache-2.0

/// A text in which `*` stands for any text; `\*` and `\\` are the characters themselves.
struct Wildcard: Sendable {
  /// The texts between the stars.
  private let parts: [[UInt8]]

  /// Reads a wildcard; gives back why it is none.
  static func parse(_ text: String) -> Result<Wildcard, Reason> {
    var parts: [[UInt8]] = [[]]
    var escapes = false
    var followsStar = false
    for byte in text.utf8 {
      let isStar = byte == UInt8(ascii: "*")
      let isBackslash = byte == UInt8(ascii: "\\")
      if escapes {
        guard isStar || isBackslash else {
          return .failure(Reason(text: "a wildcard has no escapes but \\* and \\\\"))
        }
        parts[parts.count - 1].append(byte)
        (escapes, followsStar) = (false, false)
      } else if isStar {
        guard !followsStar else {
          return .failure(Reason(text: "a wildcard must not hold two stars in a row"))
        }
        parts.append([])
        followsStar = true
      } else if isBackslash {
        escapes = true
      } else {
        parts[parts.count - 1].append(byte)
        followsStar = false
      }
    }
    return escapes
      ? .failure(Reason(text: "a wildcard must not end in a backslash"))
      : .success(Wildcard(parts: parts))
  }

  struct Reason: Error {
    let text: String
  }

  /// Between the first part and the last, each part is taken where it comes first.
  ///
  /// - Complexity: O(n · m) in the lengths of text and wildcard.
  func matches(_ text: String) -> Bool {
    let text = Array(text.utf8)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else {
      return text == parts.first
    }
    guard text.count >= first.count + last.count, text.starts(with: first),
      text[(text.count - last.count)...].elementsEqual(last)
    else { return false }
    var rest = text[first.count..<(text.count - last.count)]
    for part in parts.dropFirst().dropLast() {
      while !rest.starts(with: part) {
        guard rest.count > part.count else { return false }
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst(part.count)
    }
    return true
  }
}
