// SPDX-License-Identifier: Apache-2.0

/// The invariants of `ARCHITECTURE.md`: each stands beside the test that holds it.
///
/// They are the numbered items of the section whose heading holds the word "invariant" or "hold";
/// a test is named in backquotes, as a suite (`CSVReaderTests`) or a bundle (`CSVTests`).
enum ArchitectureDocument {
  static func violations(in document: String, knownTests: Set<String>) -> [String] {
    let items = invariants(of: document)
    guard !items.isEmpty else { return ["ARCHITECTURE.md lists no invariants"] }
    return items.flatMap { item -> [String] in
      let named = item.matches(of: /`(\w*Tests)\b[^`]*`/).map { String($0.1) }
      guard !named.isEmpty else { return ["no test is named by: \(item.prefix(60))"] }
      return named.filter { !knownTests.contains($0) }.map { "there is no test \($0)" }
    }
  }

  /// Suites and bundles under `Tests`.
  static func tests(in files: [SourceFile]) -> Set<String> {
    Set(
      files.filter(\.isTest).flatMap { file in
        [file.module]
          + file.tokens.flatMap { line in
            zip(line, line.dropFirst())
              .filter { ["struct", "class"].contains($0.0.text) && $0.1.text.hasSuffix("Tests") }
              .map(\.1.text)
          }
      })
  }

  private static func invariants(of document: String) -> [String] {
    var items: [String] = []
    var isInside = false
    for line in document.split(separator: "\n") {
      if line.hasPrefix("#") {
        isInside = line.lowercased().contains(/invariant|hold/)
      } else if isInside, line.contains(#/^\d+\. /#) {
        items.append(String(line))
      } else if isInside, !items.isEmpty, line.hasPrefix(" ") {
        items[items.count - 1] += line
      }
    }
    return items
  }
}
