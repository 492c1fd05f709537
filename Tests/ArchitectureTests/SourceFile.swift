// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file of the repository, with its code told apart from comments and text.
struct SourceFile {
  /// From the repository's root, such as `Sources/Counts/CountTable.swift`.
  let path: String
  let text: String
  /// As many lines as `text`; comments and the contents of strings are gone.
  let codeLines: [String]
  /// The words of each of them.
  let tokens: [[Token]]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    codeLines = Self.code(of: text)
    tokens = codeLines.map(Token.tokens)
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var name: String { String(path.split(separator: "/").last ?? "") }
  var isTest: Bool { path.hasPrefix("Tests/") }
  /// The target that the file belongs to.
  var module: String {
    let parts = path.split(separator: "/")
    return parts.count > 2 ? String(parts[1]) : ""
  }

  /// The modules that the file imports.
  var imports: [String] {
    tokens.compactMap { line in
      guard let keyword = line.firstIndex(where: { $0.text == "import" }) else { return nil }
      let kinds: Set<String> = ["struct", "class", "enum", "func", "protocol", "typealias", "let"]
      return line[(keyword + 1)...].first { !kinds.contains($0.text) }?.text
    }
  }

  private static func code(of text: String) -> [String] {
    var stripper = CommentStripper()
    return text.utf8.split(separator: 10, omittingEmptySubsequences: false)
      .map { stripper.code(of: Array($0)) }
  }
}

/// The repository as the tests read it.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The files below folders whose names end in one of `suffixes`, sorted by path.
  static func files(below folders: [String], suffixes: [String]) -> [SourceFile] {
    folders.flatMap { folder -> [String] in
      let url = root.appendingPathComponent(folder)
      let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String }
      return (names ?? []).map { folder + "/" + $0 }
    }
    .filter { path in suffixes.contains { path.hasSuffix($0) } }
    .sorted()
    .compactMap { path in text(path).map { SourceFile(path: path, text: $0) } }
  }

  static let swiftFiles = files(below: ["Sources", "Tests"], suffixes: [".swift"])
  static let stageFiles = swiftFiles.filter { !$0.isTest }
}
