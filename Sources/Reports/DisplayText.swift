// SPDX-License-Identifier: Apache-2.0

/// Returns a text in which nothing can drive or confuse a terminal.
///
/// Control characters, line separators and the marks that turn the direction of writing become
/// escapes such as `\n`, `\u{1B}`, so that a name from a log can neither move the cursor nor
/// pretend to be another name.
public func escapingControls(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnsafeToShow) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": shown += "\\n"
    case "\r": shown += "\\r"
    case "\t": shown += "\\t"
    case _ where isUnsafeToShow(scalar):
      shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

private func isUnsafeToShow(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
  default: false
  }
}

/// Returns how many columns of a terminal a text without control characters takes.
///
/// A character is as wide as its widest scalar: 2 for East Asian wide and full-width forms and
/// for emoji, 0 for combining marks alone, else 1 (after Unicode's UAX #11).
package func displayWidth(_ text: String) -> Int {
  text.reduce(0) { $0 + displayWidth(ofCharacter: $1) }
}

func displayWidth(ofCharacter character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    if isWide(scalar.value) || scalar.properties.isEmojiPresentation { return 2 }
    if !isZeroWidth(scalar) { width = 1 }
  }
  return width
}

private func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: true
  default: false
  }
}

private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// Returns the text cut to at most `width` columns, with an ellipsis where something was cut.
package func truncated(_ text: String, toWidth width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  guard width > 0 else { return "" }
  var kept = ""
  var used = 0
  for character in text {
    used += displayWidth(ofCharacter: character)
    guard used <= width - 1 else { break }
    kept.append(character)
  }
  return kept + "…"
}
