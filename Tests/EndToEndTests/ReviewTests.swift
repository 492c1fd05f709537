// SPDX-License-Identifier: Apache-2.0
import CSV
import Foundation
import Testing

/// The morning review through the real binary: look, believe, silence, take away.
@Suite struct ReviewTests {
  static var sample: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Datasets/sample/AWSLogs").path
  }

  @Test func `two commands lead to the culprit and the files`() throws {
    let table = try Tool.run(["detect", Self.sample])
    let line = try #require(table.out.split(separator: "\n").first { $0.contains("PurgeQueue") })
    let id = try #require(line.split(separator: " ").last)
    let explained = try Tool.run(["explain", String(id), Self.sample])
    #expect(explained.status == 0)
    #expect(explained.out.contains("PurgeQueue in eu-west-1 ran at"))
    #expect(explained.out.contains("assumed-role/ImageBuilder"))
    let place = try #require(explained.out.split(separator: "\n").first { $0.contains("  in /") })
    let file = String(place.drop { $0 != "/" })
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test func `each evidence event stands in the file that is named`() throws {
    let folder = try TemporaryFolder()
    let run = try Tool.shell(
      """
      $TOOL export '\(Self.sample)' --output out --quiet && tail -n +2 out/evidence.csv |
      while IFS=, read -r insight id file; do zcat "$file" | grep -c "$id"; done
      """, in: folder)
    #expect(run.status == 0, "\(run.err)")
    let counts = run.out.split(separator: "\n")
    #expect(counts.count > 10 && counts.allSatisfy { $0 != "0" })
  }

  @Test func `a rule that explain prints silences the insight and nothing that is not like it`()
    throws
  {
    let folder = try TemporaryFolder()
    let ids = try ids(try Tool.run(["detect", Self.sample, "--csv", "-"]).out)
    let id = try #require(ids.first)
    let rule = try Tool.run(["explain", id, Self.sample, "--suppress-like-this"])
    try folder.write(Array(rule.out.utf8), to: "rules.json")
    let detect = ["detect", Self.sample, "--suppress", "rules.json"]
    let left = try self.ids(try Tool.run(detect + ["--csv", "-"], in: folder).out)
    #expect(left == ids.filter { $0 != id })
    let shown = try Tool.run(detect + ["--csv", "-", "--show-suppressed"], in: folder)
    #expect(try self.ids(shown.out) == ids)
    let table = try Tool.run(detect, in: folder)
    #expect(table.out.contains("silenced by rules\n  1 insight by "))
    let coverage = try Tool.run(
      detect + ["--csv", "i.csv", "--coverage", "-"], in: folder)
    #expect(coverage.out.contains(",\"suppressed\":{\""))
    #expect(coverage.out.hasSuffix(":1}}\n"))
  }

  @Test func `explain and export know the rules and the range that detect was given`() throws {
    let folder = try TemporaryFolder()
    let ids = try ids(try Tool.run(["detect", Self.sample, "--csv", "-"]).out)
    let id = try #require(ids.first)
    let rule = try Tool.run(["explain", id, Self.sample, "--suppress-like-this"])
    try folder.write(Array(rule.out.utf8), to: "rules.json")
    let rules = ["--suppress", "rules.json"]
    let silenced = try Tool.run(["explain", id, Self.sample] + rules, in: folder)
    #expect(silenced.status == 0)
    #expect(silenced.out.contains("\nsilenced by the rule sqs:PurgeQueue by role/ImageBuilder in"))
    let heard = try Tool.run(["explain", ids[1], Self.sample] + rules, in: folder)
    #expect(heard.status == 0 && !heard.out.contains("silenced"))

    let export = ["export", Self.sample] + rules
    #expect(try Tool.run(export + ["--output", "left"], in: folder).status == 0)
    #expect(try self.ids(try folder.text("left/insights.csv")) == Array(ids.dropFirst()))
    #expect(try !folder.text("left/evidence.csv").contains(id))
    #expect(try folder.text("left/coverage.json").contains(",\"suppressed\":{\"sqs:"))
    let all = ["--output", "all", "--show-suppressed"]
    #expect(try Tool.run(export + all, in: folder).status == 0)
    #expect(try self.ids(try folder.text("all/insights.csv")) == ids)

    let late = try Tool.run(["explain", id, Self.sample, "--from", "2026-01-14"])
    #expect(late.status == 2)
    let start = "2026-01-12T02:29:00Z"
    #expect(late.err.hasSuffix("' starts at \(start), outside --from and --to\n"), "\(late.err)")
    let none = try Tool.run(["explain", "ffffffff", Self.sample, "--to", "2026-01-14"])
    #expect(none.err.contains("no insight begins with 'ffffffff'"))
  }

  @Test func `a bad rule is named with its place before any work`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("[\n {\"name\":\"a\",\"pattern\":{\"x\":\"y\"}}]".utf8), to: "r.json")
    let run = try Tool.run(["detect", "no-logs", "--suppress", "r.json"], in: folder)
    #expect(run.status == 2)
    #expect(run.err.hasPrefix("trail-insights: r.json:2:29: the value of a field is an array"))
  }

  @Test(arguments: [
    (["explain", "ffffffff"], "no insight begins with 'ffffffff'"),
    (["explain", ""], "does not take ''"), (["explain", "xyz"], "does not take 'xyz'"),
  ])
  func `an identifier that is none`(arguments: [String], reason: String) throws {
    let run = try Tool.run(arguments + [Self.sample])
    #expect(run.status == 2)
    #expect(run.complaints.count == 1 && run.err.contains(reason), "\(run.err)")
  }

  @Test(arguments: [40, 80, 200])
  func `an explanation is not wider than the terminal`(width: Int) throws {
    let id = try #require(try ids(try Tool.run(["detect", Self.sample, "--csv", "-"]).out).first)
    let run = try Tool.shell(
      "script -qec \"stty cols \(width); $TOOL explain \(id) '\(Self.sample)' --quiet\" /dev/null")
    let lines = run.out.split(separator: "\r\n").filter { !$0.contains("  in ") }
    #expect(lines.count > 30)
    for line in lines {
      let plain = line.replacing(#/\u{1B}\[[0-9;]*[mK]/#, with: "")
      #expect(plain.count <= width, "\(plain)")
    }
  }

  private func ids(_ csv: String) throws -> [String] {
    var reader = CSVReader(Array(csv.utf8))
    _ = reader.next()
    var ids: [String] = []
    while let row = reader.next() { ids.append(row[0]) }
    return ids
  }
}
