// SPDX-License-Identifier: Apache-2.0

/// How a piece of a table looks on a terminal that shows colours.
///
/// Only the sixteen colours that every terminal's theme defines: a theme's owner has made them
/// readable, on dark and on light.
package enum TextStyle: String {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case red = "1;31"
  case yellow = "33"
  case cyan = "36"

  /// The colour of a severity: red from 80, yellow from 50, cyan below.
  package init(severity: Double) {
    self = severity >= 80 ? .red : severity >= 50 ? .yellow : .cyan
  }

  /// Returns the text with the style switched on before it and off after it.
  package func painted(_ text: String, isColored: Bool) -> String {
    guard isColored, self != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
  }
}

/// A piece of text in one style; a cell of a table is a row of them.
struct StyledText {
  var text: String
  var style = TextStyle.plain

  init(_ text: String, _ style: TextStyle = .plain) {
    self.text = text
    self.style = style
  }
}
