// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What `--model` does through the binary.
@Suite struct ModelTests {
  private static var standard: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Models/default.json").path
  }

  @Test func `the default model is the one that is built in`() throws {
    let trail = try ArrivingTrail.shared.get()
    _ = try trail.check(
      "$TOOL detect trail/AWSLogs $options --model \(Self.standard) --csv - | cmp - whole.csv")
  }

  @Test func `an export holds the model that its input teaches, and detect takes it`() throws {
    let trail = try ArrivingTrail.shared.get()
    let folder = try trail.check(
      """
      $TOOL export trail/AWSLogs $options --output tables
      $TOOL detect trail/AWSLogs $options --model tables/model.json --csv learnt.csv
      """)
    #expect(try folder.text("tables/model.json").contains("\"name\": \"learnt from "))
    #expect(try folder.text("learnt.csv").split(separator: "\n").count > 8)
  }

  @Test func `a state remembers the model of its last run`() throws {
    let trail = try ArrivingTrail.shared.get()
    _ = try trail.check(
      """
      sed 's/"atStart":[^,}]*/"atStart":9/; s/"afterWeek":[^,}]*/"afterWeek":9/' \
        \(Self.standard) > bold.json
      $TOOL detect trail/AWSLogs $options --state s.db --model bold.json --csv bold.csv
      ! cmp -s bold.csv whole.csv
      $TOOL report $options --state s.db --csv - | cmp - bold.csv
      $TOOL export --state s.db --output tables --quiet
      grep -q '"atStart":9' tables/model.json
      $TOOL stream $options --idle 0 --model bold.json --state t.db --json told < arrivals
      $TOOL report $options --state t.db --csv - | cmp - bold.csv
      """)
  }

  @Test func `a file that is no model ends the run before any work`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("{}".utf8), to: "m.json")
    for command in [["detect", "nowhere"], ["stream"], ["export", "--output", "t", "nowhere"]] {
      let run = try Tool.run(command + ["--model", "m.json"], in: folder)
      #expect(run.status == 2)
      #expect(
        run.complaints == [
          "trail-insights: m.json: it is no model file: \"format\" is not \"trail-insights-model\""
        ])
    }
    #expect(try Tool.run(["detect", "nowhere", "--model", "gone"], in: folder).status == 2)
    #expect(!folder.names.contains("t"))
  }
}
