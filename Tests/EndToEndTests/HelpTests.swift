// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// What the tool says of itself and of arguments that it does not take.
@Suite struct HelpTests {
  @Test(arguments: [
    ("help", ["--help"]), ("help-detect", ["detect", "--help"]),
    ("help-count", ["help", "count"]), ("help-generate", ["generate", "-h"]),
    ("help-evaluate", ["evaluate", "--help"]), ("help-explain", ["explain", "--help"]),
    ("help-export", ["export", "--help"]), ("help-completions", ["completions", "--help"]),
    ("help-score", ["score", "--help"]), ("help-stream", ["stream", "--help"]),
    ("help-report", ["report", "--help"]),
    ("version", ["--version"]),
  ])
  func `help goes to standard output`(name: String, arguments: [String]) throws {
    let run = try Tool.run(arguments)
    #expect(run.status == 0)
    #expect(run.err.isEmpty)
    #expect(Snapshot.difference(of: run.out, from: "EndToEnd/\(name).txt") == nil)
  }

  @Test func `the tool alone says what to type first`() throws {
    let run = try Tool.run([])
    #expect(run.status == 2)
    #expect(run.out.isEmpty)
    #expect(Snapshot.difference(of: run.err, from: "EndToEnd/first-steps.txt") == nil)
  }

  @Test func `bad arguments end in one line and 2`() throws {
    let bad: [[String]] = [
      ["detct"], ["logs/x"], ["--hlep"], ["nothing"], ["--csv"], ["detect"],
      ["detect", "--jsn", "x"], ["detect", "--csv"],
      ["detect", "--csv", "--json", "x"], ["detect", "--threads", "0", "x"],
      ["detect", "--threads=many", "x"], ["detect", "--alerts-per-week", "-1", "x"],
      ["detect", "--baseline-days", "1.5", "x"], ["detect", "--from", "yesterday", "x"],
      ["detect", "--from=2026-03-02", "--to=2026-03-01", "x"], ["detect", "--color", "red", "x"],
      ["detect", "--quiet=1", "x"], ["detect", "--csv", "-", "--json", "-", "x"],
      ["detect", "--coverage", "-", "x"], ["detect", "--csv", "x", "--coverage", "x", "y"],
      ["detect", "-x"], ["score"], ["score", "s3://b/x"], ["score", "--json", "x", "y"],
      ["detect", "--\u{1B}[2J", "x"], ["count"], ["generate"],
      ["generate", "--output", "x", "y"], ["generate", "--output", "x", "--start", "2026-02-30"],
      ["evaluate"], ["evaluate", "x"], ["evaluate", "x", "y", "z"],
      ["explain"], ["explain", "zz", "x"], ["explain", "ab"], ["export", "x"], ["completions"],
      ["completions", "tcsh"], ["man", "x"], ["detect", "--show-suppressed", "x"],
      ["export", "--output", "o", "--show-suppressed", "x"],
      ["detect", "--counts", "--aggregated", "x"],
      ["export", "--output", "o", "--aggregated", "--counts", "x"],
    ]
    var transcript = ""
    for arguments in bad {
      let run = try Tool.run(arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(run.out.isEmpty, "\(arguments)")
      #expect(run.complaints.count == 1, "\(arguments)")
      transcript += run.err
    }
    #expect(Snapshot.difference(of: transcript, from: "EndToEnd/bad-arguments.txt") == nil)
  }
}
