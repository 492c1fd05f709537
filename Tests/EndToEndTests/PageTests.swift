// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The page in a browser.
///
/// `make test` installs Chromium where it may; who cannot install it sees these tests skipped.
@Suite(.enabled(if: Browser.isInstalled, "no Chromium"))
struct PageTests {
  private struct Visit: Decodable {
    var console: [String]
    var requests: [String]
    var values: [String]
    var sheets: Int
  }

  @Test(arguments: [(390, true), (390, false), (1200, true), (1200, false)])
  func `nothing is said on the console, asked of the network, or cut off`(
    width: Int, isDark: Bool
  ) throws {
    let folder = try page(of: ReviewTests.sample)
    let visit = try visit(
      folder, ["--width", "\(width)"] + (isDark ? ["--dark"] : []),
      "String(document.documentElement.scrollWidth <= innerWidth)",
      "getComputedStyle(document.body).backgroundColor",
      "fetch('https://example.com/').then(() => 'sent', () => 'refused')")
    #expect(visit.values[0] == "true")
    #expect(visit.values[1] == (isDark ? "rgb(20, 24, 28)" : "rgb(247, 247, 245)"))
    #expect(visit.values[2] == "refused")
    // The refused request is the test's own.
    #expect(visit.console.allSatisfy { $0.contains("example.com") }, "\(visit.console)")
    #expect(visit.requests.isEmpty, "\(visit.requests)")
  }

  @Test func `cards are sorted and filtered`() throws {
    let folder = try page(of: ReviewTests.sample)
    let set = { (field: String, value: String) in
      """
      (() => { const f = document.getElementById('filters').elements.\(field);
      f.value = '\(value)'; f.dispatchEvent(new Event('input', {bubbles: true}));
      return document.getElementById('shown').textContent; })()
      """
    }
    let first = "document.querySelector('.card:not([hidden])').dataset.call"
    let visit = try visit(
      folder, [], set("text", "purgequeue"), first, set("text", ""), set("order", "oldest"), first)
    #expect(visit.values[0].hasPrefix("1 of "))
    #expect(visit.values[1] == "sqs:PurgeQueue")
    #expect(visit.values[4] == "sqs:PurgeQueue")
    #expect(visit.console.isEmpty && visit.requests.isEmpty)
  }

  @Test func `hostile values show as text`() throws {
    let folder = try TemporaryFolder()
    let hostile = "<img src=x onerror=document.title=1>\u{202E}"
    let long = String(repeating: "y", count: 65_536)
    let made = try Tool.shell(
      """
      $TOOL count '\(ReviewTests.sample)' --csv c.csv --attributions a.csv --quiet &&
      sed -i 's|PurgeQueue|\(hostile)|g' c.csv a.csv &&
      python3 - <<'END'
      text = open('a.csv').read()
      open('a.csv', 'w').write(text.replace('ImageBuilder', '<script>alert(1)</script>' + 'y' * 65536))
      END
      $TOOL detect --counts c.csv a.csv --html page.html
      """, in: folder)
    #expect(made.status == 0, "\(made.err)")
    let visit = try visit(
      folder, [], "document.title", "String(document.images.length)",
      "String(document.scripts.length)",
      "String(document.body.textContent.includes('<script>alert(1)</script>yyy'))",
      "String(document.body.textContent.includes('<img src=x onerror=document.title=1>'))")
    #expect(visit.values[0].hasPrefix("TrailInsights: "))
    #expect(Array(visit.values[1...]) == ["0", "1", "true", "true"])
    #expect(visit.console.isEmpty && visit.requests.isEmpty)
    #expect(try !folder.text("page.html").contains(long))
  }

  @Test func `on paper an open card takes about a page and a folded one a few lines`() throws {
    let folder = try page(of: ReviewTests.sample)
    let pdf = ["--pdf", folder.path + "/page.pdf"]
    let count = try visit(folder, pdf, "String(document.querySelectorAll('.card').length)")
    let cards = try #require(Int(count.values[0]))
    #expect((cards...cards + 4).contains(count.sheets), "\(count.sheets) for \(cards)")
    let folded = try visit(
      folder, pdf,
      "for (const fold of document.querySelectorAll('details')) fold.open = false; ''")
    #expect(folded.sheets <= 2)
  }

  @Test func `the review notebook's page asks nothing of the network`() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("notebooks-export/review.html").path
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: page, toPath: folder.path + "/page.html")
    let visit = try visit(folder, [], "String(document.scripts.length)")
    #expect(visit.values == ["0"])
    #expect(visit.console.isEmpty && visit.requests.isEmpty, "\(visit.requests)")
  }

  private func page(of path: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let run = try Tool.run(["detect", path, "--html", "page.html"], in: folder)
    #expect(run.status == 0 && run.out.isEmpty, "\(run.err)")
    return folder
  }

  private func visit(
    _ folder: TemporaryFolder, _ options: [String], _ expressions: String...
  ) throws -> Visit {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Browser/browser.py").path
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [script] + options + [folder.path + "/page.html"] + expressions
    process.standardOutput = pipe
    try process.run()
    let answer = try #require(try pipe.fileHandleForReading.readToEnd())
    process.waitUntilExit()
    return try JSONDecoder().decode(Visit.self, from: answer)
  }
}

private enum Browser {
  static let isInstalled = ["chromium", "chromium-headless-shell"].contains {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + $0)
  }
}
