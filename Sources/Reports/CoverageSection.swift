// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What was read and what was not, in lines for people.
struct CoverageSection {
  let coverage: Coverage
  let width: Int
  let isColored: Bool

  private static let labelWidth = 12

  var lines: [String] {
    let text = CoverageText(coverage)
    var lines: [String] = []
    for (label, text) in text.entries { lines += entry(label, text, Self.style(of: label)) }
    for line in text.faultLines { lines += entry("", line) }
    return lines
  }

  private static func style(of label: String) -> TextStyle {
    switch label {
    case CoverageText.capped: .yellow
    case CoverageText.faults: .red
    default: .plain
    }
  }

  /// A label and its text, wrapped under itself; nothing where there is nothing to say.
  private func entry(_ label: String, _ text: String, _ style: TextStyle = .plain) -> [String] {
    guard !text.isEmpty else { return [] }
    return wrapped(text, toWidth: width - Self.labelWidth).enumerated().map { index, line in
      let shown = index == 0 ? label : ""
      let space = String(repeating: " ", count: Self.labelWidth - shown.count)
      return TextStyle.dim.painted(shown, isColored: isColored) + space
        + style.painted(line, isColored: isColored)
    }
  }
}

/// Breaks a text at spaces into lines of at most `width` columns; a word that is longer is cut
/// into pieces, for a path must stay readable whole.
package func wrapped(_ text: String, toWidth width: Int) -> [String] {
  let width = max(8, width)
  var lines = [""]
  var used = 0
  for word in text.split(separator: " ") {
    var room = used == 0 ? 0 : 1
    if used > 0, used + 1 + displayWidth(String(word)) > width {
      lines.append("")
      (used, room) = (0, 0)
    }
    if room > 0 { lines[lines.count - 1] += " " }
    used += room
    for character in word {
      let characterWidth = displayWidth(ofCharacter: character)
      if used + characterWidth > width {
        lines.append("")
        used = 0
      }
      lines[lines.count - 1].append(character)
      used += characterWidth
    }
  }
  return lines
}
