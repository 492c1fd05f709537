// SPDX-License-Identifier: Apache-2.0
import Reports

/// Writes HTML and SVG as bytes; what is not markup of ours is text, whatever it holds.
struct Markup {
  typealias Attributes = KeyValuePairs<String, String>

  private(set) var bytes: [UInt8] = []

  /// Longest text that is shown whole: a page is for reading, and the CSV report has all of it.
  static let longestText = 2000

  /// Writes an element with what `content` writes in it.
  mutating func element(
    _ name: String, _ attributes: Attributes = [:], _ content: (inout Markup) -> Void
  ) {
    begin(name, attributes)
    content(&self)
    raw("</" + name + ">")
  }

  /// Writes an element that holds a text.
  mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// Writes the start of an element, or all of one that holds nothing, such as `<meta>`.
  mutating func begin(_ name: String, _ attributes: Attributes = [:]) {
    raw("<" + name)
    for (key, value) in attributes {
      raw(" " + key + "=\"")
      append(value)
      raw("\"")
    }
    raw(">")
  }

  /// Writes text from anywhere; controls and marks of direction become visible escapes.
  mutating func text(_ text: String) {
    let length = text.unicodeScalars.count
    guard length > Self.longestText else {
      append(text)
      return
    }
    append(String(text.unicodeScalars.prefix(Self.longestText)))
    append("… (\(PeopleText.count(length)) characters in all)")
  }

  /// Writes markup of ours as it is.
  mutating func raw(_ markup: String) { bytes += markup.utf8 }

  private mutating func append(_ text: String) {
    for byte in escapingControls(text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      case UInt8(ascii: "'"): raw("&#39;")
      default: bytes.append(byte)
      }
    }
  }
}
