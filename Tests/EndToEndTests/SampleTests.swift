// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The trail that `make demo` shows.
@Suite struct SampleTests {
  private static let sample = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Datasets/sample").path

  @Test func `its command and seed give its labels`() throws {
    let folder = try TemporaryFolder()
    let run = try Tool.run(
      [
        "generate", "--output", "sample", "--seed", "11", "--days", "14", "--series", "100",
        "--events", "45000", "--quiet",
      ], in: folder)
    #expect(run.status == 0)
    for name in ["labels.csv", "lures.csv"] {
      let committed = try Data(contentsOf: URL(fileURLWithPath: Self.sample + "/" + name))
      #expect(try folder.text("sample/" + name) == String(decoding: committed, as: UTF8.self))
    }
  }

  @Test func `most of its incidents are found and little else`() throws {
    let folder = try TemporaryFolder()
    let detect = try Tool.run(
      ["detect", Self.sample, "--quiet", "--csv", "insights.csv"], in: folder)
    #expect(detect.status == 0, "\(detect.err)")
    let evaluate = try Tool.run(
      ["evaluate", "insights.csv", Self.sample + "/labels.csv", "--json"], in: folder)
    #expect(evaluate.status == 0)
    let f1 = evaluate.out.firstMatch(of: /"f1":([0-9.]+)/).flatMap { Double($0.1) } ?? 0
    #expect(f1 >= 0.6, "\(evaluate.out)")
  }

  @Test func `with exit-code insights are status 1`() throws {
    let run = try Tool.run(["detect", Self.sample, "--exit-code", "--quiet"])
    #expect(run.status == 1)
    #expect(run.out.contains("insights in"))
  }
}
