// SPDX-License-Identifier: Apache-2.0

/// Cuts a command line into words by the shell's rules of quoting, with nothing expanded.
///
/// `a 'b c' "d \" e" f\ g` are four words. It is what the AWS CLI does with `credential_process`:
/// no shell is started.
enum ShellWords {
  /// Returns the words; `nil` where a quote is not closed or a backslash ends the text.
  static func split(_ text: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch (quote, scalar) {
      case ("'", "'"), ("\"", "\""): quote = nil
      case ("'", _): word = (word ?? "") + String(scalar)
      case (nil, "'"), (nil, "\""):
        quote = scalar
        word = word ?? ""
      case (nil, _) where scalar.properties.isWhitespace:
        words += [word].compactMap { $0 }
        word = nil
      case (_, "\\"):
        guard let next = rest.popFirst() else { return nil }
        // Within double quotes a backslash guards only itself and the quote.
        let isKept = quote != nil && next != "\\" && next != "\""
        word = (word ?? "") + (isKept ? "\\" : "") + String(next)
      default: word = (word ?? "") + String(scalar)
      }
    }
    return quote == nil ? words + [word].compactMap { $0 } : nil
  }
}
