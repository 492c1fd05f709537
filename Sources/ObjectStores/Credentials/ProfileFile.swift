// SPDX-License-Identifier: Apache-2.0

/// A shared credentials or config file: sections of `name = value`.
///
/// Read as the AWS CLI does: a line that begins with `#` or `;` is a comment, nothing behind a
/// value is; names count in any case; indented lines belong to the name above them and are settings
/// within a setting, of which none is needed here. A line that fits nothing is passed over.
struct ProfileFile: Hashable, Sendable {
  /// Settings by section as it stands between the brackets, `profile audit` for example.
  private(set) var sections: [String: [String: String]] = [:]

  init(_ bytes: [UInt8]) {
    var section: String?
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = Self.trim(line)
      if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { continue }
      if let name = Self.sectionName(text) {
        section = name
        sections[name, default: [:]].merge([:]) { _, new in new }
      } else if let section, line.first?.isWhitespace == false,
        let setting = Self.setting(text)
      {
        sections[section, default: [:]][setting.name] = setting.value
      }
    }
  }

  /// The settings of a profile in a config file, where all but `default` bear the word `profile`.
  func configuration(ofProfile name: String) -> [String: String]? {
    if let settings = sections["profile " + name] { return settings }
    return name == "default" ? sections[name] : nil
  }

  private static func sectionName(_ line: Substring) -> String? {
    guard line.first == "[", let end = line.firstIndex(of: "]") else { return nil }
    // `[profile "two words"]` quotes as a shell does.
    let inside = String(line[line.index(after: line.startIndex)..<end])
    return ShellWords.split(inside).map { $0.joined(separator: " ") } ?? String(trim(inside[...]))
  }

  private static func setting(_ line: Substring) -> (name: String, value: String)? {
    guard let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return nil }
    let name = trim(line[..<mark]).lowercased()
    return name.isEmpty ? nil : (name, String(trim(line[line.index(after: mark)...])))
  }

  private static func trim(_ text: Substring) -> Substring {
    var trimmed = text.drop(while: \.isWhitespace)
    while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
    return trimmed
  }
}
