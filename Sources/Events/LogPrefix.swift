// SPDX-License-Identifier: Apache-2.0

/// What `aws logs tail` writes before a message: a time and, in two of its formats, the stream.
enum LogPrefix {
  private static let limit = 1024

  /// Whether some bytes before a record are nothing but such a prefix, coloured or not.
  static func matches(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= limit else { return false }
    var words = bytes.string.split { $0.isWhitespace }.map { withoutColour($0) }
    words.removeAll(where: \.isEmpty)
    guard let time = words.first, words.count <= 2 else { return words.isEmpty && isColour(bytes) }
    let pattern = "0000-00-00T00:00:00"
    guard time.utf8.count >= pattern.utf8.count else { return false }
    return zip(time.utf8, pattern.utf8).allSatisfy { byte, form in
      form == UInt8(ascii: "0") ? 48...57 ~= byte : byte == form
    }
  }

  private static func isColour(_ bytes: Span<UInt8>) -> Bool {
    bytes.firstIndex(of: 0x1B) != nil
  }

  /// Without sequences such as `ESC [ 32 m`.
  private static func withoutColour(_ word: Substring) -> String {
    var plain = ""
    var isInSequence = false
    for scalar in word.unicodeScalars {
      if scalar == "\u{1B}" {
        isInSequence = true
      } else if isInSequence {
        isInSequence = scalar != "m"
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}
