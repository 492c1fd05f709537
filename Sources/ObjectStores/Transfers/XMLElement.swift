// SPDX-License-Identifier: Apache-2.0

/// An element of an XML answer: its name without prefix, the text directly in it, and its children.
///
/// Why not libxml2: S3's and STS's answers are a handful of flat elements; two hundred lines of C
/// interface would stand against these. What no such answer contains (a DOCTYPE, hence entities of
/// one's own) is refused, not skipped.
struct XMLElement: Hashable, Sendable {
  let name: String
  var text = ""
  var children: [XMLElement] = []

  /// The text of the first child of that name.
  func text(of name: String) -> String? { children.first { $0.name == name }?.text }

  func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first element of that name, here or below.
  func first(named name: String) -> XMLElement? {
    if self.name == name { return self }
    for child in children {
      if let found = child.first(named: name) { return found }
    }
    return nil
  }

  /// Reads a whole document; `nil` where it is not well-formed.
  static func parse(_ document: [UInt8]) -> XMLElement? {
    var parser = XMLParser(document)
    return parser.root()
  }
}

/// Walks a document with a stack of the elements that are open.
private struct XMLParser {
  private let bytes: [UInt8]
  private var index = 0
  private var open: [XMLElement] = []

  private static let maximumDepth = 32

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func root() -> XMLElement? {
    skip("\u{FEFF}")
    while index < bytes.count {
      if bytes[index] != UInt8(ascii: "<") {
        guard addText() else { return nil }
      } else if starts("<?") {
        guard skipPast("?>") else { return nil }
      } else if starts("<!--") {
        guard skipPast("-->") else { return nil }
      } else if starts("<![CDATA[") {
        guard addCharacterData() else { return nil }
      } else if starts("</") {
        guard let closed = close() else { return nil }
        if open.isEmpty { return isBlankToEnd ? closed : nil }
        open[open.count - 1].children.append(closed)
      } else {
        guard let empty = openElement() else { return nil }
        guard empty else { continue }
        guard let last = open.popLast() else { return nil }
        if open.isEmpty { return isBlankToEnd ? last : nil }
        open[open.count - 1].children.append(last)
      }
    }
    return nil
  }

  // MARK: Tags

  /// Opens an element and says whether it is already closed (`<a/>`); `nil` where it is no tag.
  private mutating func openElement() -> Bool? {
    index += 1
    guard let name = readName(), open.count < Self.maximumDepth else { return nil }
    var quote: UInt8?
    var last: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "<") { return nil }
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        open.append(XMLElement(name: name))
        return last == UInt8(ascii: "/")
      }
      last = byte
    }
    return nil
  }

  private mutating func close() -> XMLElement? {
    index += 2
    guard let name = readName(), let element = open.popLast(), element.name == name else {
      return nil
    }
    while index < bytes.count, bytes[index].isXMLSpace { index += 1 }
    guard starts(">") else { return nil }
    index += 1
    return element
  }

  /// Reads a name and drops its prefix; `nil` where none stands here (as in `<!DOCTYPE`).
  private mutating func readName() -> String? {
    let name = bytes[index...].prefix { $0.isXMLName }
    guard !name.isEmpty else { return nil }
    index = name.endIndex
    let local = name.split(separator: UInt8(ascii: ":")).last ?? name
    return String(decoding: local, as: UTF8.self)
  }

  // MARK: Text

  private mutating func addText() -> Bool {
    let raw = bytes[index...].prefix { $0 != UInt8(ascii: "<") }
    index = raw.endIndex
    guard !open.isEmpty else { return raw.allSatisfy(\.isXMLSpace) }
    guard let text = XMLEntity.resolve(raw) else { return false }
    open[open.count - 1].text += text
    return true
  }

  private mutating func addCharacterData() -> Bool {
    let start = index + "<![CDATA[".utf8.count
    guard skipPast("]]>"), !open.isEmpty else { return false }
    open[open.count - 1].text += String(decoding: bytes[start..<index - 3], as: UTF8.self)
    return true
  }

  // MARK: Places

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private mutating func skip(_ text: String) {
    if starts(text) { index += text.utf8.count }
  }

  private mutating func skipPast(_ text: String) -> Bool {
    while index < bytes.count {
      if starts(text) {
        index += text.utf8.count
        return true
      }
      index += 1
    }
    return false
  }

  private var isBlankToEnd: Bool { bytes[index...].allSatisfy(\.isXMLSpace) }
}

/// `&lt;` and the like.
enum XMLEntity {
  /// Returns text with its references resolved; `nil` where one is unknown.
  static func resolve(_ raw: ArraySlice<UInt8>) -> String? {
    guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
    var text = ""
    var rest = raw
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
      text += String(decoding: rest[..<ampersand], as: UTF8.self)
      rest = rest[(ampersand + 1)...]
      guard let semicolon = rest.firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(String(decoding: rest[..<semicolon], as: UTF8.self))
      else { return nil }
      text.unicodeScalars.append(scalar)
      rest = rest[(semicolon + 1)...]
    }
    return text + String(decoding: rest, as: UTF8.self)
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "lt": "<"
    case "gt": ">"
    case "amp": "&"
    case "quot": "\""
    case "apos": "'"
    default: number(name).flatMap(Unicode.Scalar.init)
    }
  }

  private static func number(_ name: String) -> UInt32? {
    if name.hasPrefix("#x") { return UInt32(name.dropFirst(2), radix: 16) }
    return name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
  }
}

extension UInt8 {
  fileprivate var isXMLSpace: Bool { self == 32 || self == 10 || self == 13 || self == 9 }

  fileprivate var isXMLName: Bool { isUnreserved || self == UInt8(ascii: ":") || self >= 128 }
}
