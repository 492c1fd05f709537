// SPDX-License-Identifier: Apache-2.0

/// Takes comments and strings away, line by line, with what runs over several lines kept in mind.
///
/// A quote inside an interpolation is taken for the end of the string and the next for the start
/// of another: wrong for a moment, right again at its end.
struct CommentStripper {
  private var isComment = false
  private var isMultilineString = false

  /// Returns what is left of the next line, given as UTF-8.
  mutating func code(of line: [UInt8]) -> String {
    var code: [UInt8] = []
    var isString = false
    var index = 0
    while index < line.count {
      let rest = line[index...]
      var step = 1
      if isComment {
        if rest.starts(with: "*/".utf8) { (isComment, step) = (false, 2) }
      } else if rest.starts(with: "\"\"\"".utf8) {
        isMultilineString.toggle()
        step = 3
      } else if isMultilineString || isString {
        if line[index] == UInt8(ascii: "\\") { step = 2 }
        if line[index] == UInt8(ascii: "\""), isString { isString = false }
      } else if line[index] == UInt8(ascii: "\"") {
        isString = true
      } else if rest.starts(with: "//".utf8) {
        break
      } else if rest.starts(with: "/*".utf8) {
        (isComment, step) = (true, 2)
      } else {
        code.append(line[index])
      }
      index += step
    }
    return String(decoding: code, as: UTF8.self)
  }
}

/// A word of a line of code, and what stands right before and after it.
///
/// Why: the rules look at every word of the repository, and in a debug build a regular expression
/// takes a hundred times as long.
struct Token: Equatable {
  let text: String
  /// 0 at the start of the line.
  let before: UInt8
  /// 0 at the end of the line.
  let after: UInt8

  static func tokens(of line: String) -> [Token] {
    let bytes = Array(line.utf8)
    var tokens: [Token] = []
    var index = 0
    while index < bytes.count {
      let start = index
      while index < bytes.count, isWord(bytes[index]) { index += 1 }
      if index > start {
        tokens.append(
          Token(
            text: String(decoding: bytes[start..<index], as: UTF8.self),
            before: start > 0 ? bytes[start - 1] : 0,
            after: index < bytes.count ? bytes[index] : 0))
      }
      index += 1
    }
    return tokens
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
