// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What stands in `recipes/` works as it stands.
@Suite(.serialized) struct RecipeTests {
  private static let recipes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("recipes").path

  private static func has(_ command: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + command)
  }

  /// Puts programs that stand for others onto the path, and the tool beside them.
  private func folder(_ programs: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, script) in programs {
      try folder.write(Array("#!/bin/bash\n\(script)\n".utf8), to: "bin/" + name)
    }
    let made = try Tool.shell(
      "mkdir -p bin && ln -s $TOOL bin/trail-insights && chmod +x bin/*", in: folder)
    #expect(made.status == 0)
    return folder
  }

  private func check(
    _ script: String, in folder: TemporaryFolder, _ variables: String = ""
  ) throws {
    let run = try Tool.shell(
      "set -e; PATH=$PWD/bin:$PATH RECIPES=\(Self.recipes) \(variables)\n" + script, in: folder)
    #expect(run.status == 0, "\(run.out)\(run.err)")
  }

  @Test func `scripts are sound`() throws {
    let script = "bash -n \(Self.recipes)/s3-notifications"
    #expect(try Tool.shell(script).status == 0)
  }

  @Test(.enabled(if: has("shellcheck"))) func `shellcheck has no word on them`() throws {
    let run = try Tool.shell("shellcheck \(Self.recipes)/s3-notifications")
    #expect(run.status == 0, "\(run.out)")
  }

  @Test(.enabled(if: has("systemd-analyze"))) func `systemd has no word on the units`() throws {
    let folder = try folder([:])
    // The tool need not be installed for the test.
    try check(
      """
      mkdir units
      for unit in $RECIPES/systemd/*; do
        sed "s,/usr/local/bin/trail-insights,$PWD/bin/trail-insights,g" $unit > units/${unit##*/}
      done
      systemd-analyze verify --man=no units/* > words 2>&1 || { cat words; false; }
      cat words
      ! grep units words
      """, in: folder)
  }

  /// The command of a unit or of a cron line, run by a shell.
  @Test func `the nightly commands run`() throws {
    let folder = try folder([:])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/logs", withDestinationPath: Shapes.folder)
    try check(
      """
      mkdir -p state/trail-insights
      sed -e ':a;/\\\\$/N;s/\\\\\\n//;ta' $RECIPES/systemd/trail-insights-nightly.service |
        sed -n 's/^ExecStart=//p' | sed "s,%S,$PWD/state,g; s,/usr/local/bin/,,g" > unit
      TRAIL=logs bash -e unit
      [ -s state/trail-insights/trail.db ] && grep -q html state/trail-insights/insights.html
      sed -n '/^[0-9*]/{s/^\\([^ ]* *\\)\\{6\\}//;p}' $RECIPES/cron/trail-insights |
        sed "s,/var/log/cloudtrail,logs,; s,/var/lib,$PWD/cron,g" > cron.sh
      mkdir -p cron/trail-insights
      bash -e cron.sh
      [ -s cron/trail-insights/trail.db ]
      """, in: folder)
  }

  @Test func `a log group is followed, and again after a restart`() throws {
    let folder = try folder([
      "aws": "[ \"$*\" = 'logs tail my-trail --follow --since 2h --format json' ] && "
        + "cat '\(Shapes.path("tailJSON.txt"))'"
    ])
    try check(
      """
      sed -e ':a;/\\\\$/N;s/\\\\\\n//;ta' $RECIPES/systemd/trail-insights-stream.service |
        sed -n 's/^ExecStart=//p' | sed "s,/usr/local/bin/,,g" > unit
      mkdir state
      for n in 1 2; do LOG_GROUP=my-trail STATE_DIRECTORY=$PWD/state bash -e unit; done
      trail-insights report --state state/stream.db --coverage c.json --csv r.csv
      grep -q '"calls":5,"duplicates":5,' c.json
      grep -q '^trail_insights_events_total 5$' state/stream.prom
      """, in: folder)
  }

  @Test func `a topic of Kafka is read by kcat`() throws {
    let folder = try folder(["kcat": "cat '\(Shapes.path("lines.jsonl"))'"])
    try check(
      """
      sed -n '/^kcat/,/^```/{/^```/d;p}' $RECIPES/README.md > pipe
      grep -q kcat pipe
      bash -e pipe && bash -e pipe
      trail-insights report --state trail.db --coverage c.json --csv r.csv
      grep -q '"calls":5,"duplicates":5,' c.json
      """, in: folder)
  }

  /// Messages as S3, SNS, CloudTrail and EventBridge write them, and one that is none of these.
  @Test(.enabled(if: LoopbackStore.isWanted))
  func `files are judged as S3 announces them`() throws {
    let store = try LoopbackStore.shared.get()
    let prefix = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/01/"
    let names = ["a b.json", "c.json", "d.json", "e+f.json"]
    let records = { (n: Int) in
      "{\"Records\":[" + LateEventTests.record(n, time: "2026-03-01T10:00:00Z") + "]}"
    }
    let files = try TemporaryFolder()
    for (n, name) in names.enumerated() { try files.write(Array(records(n).utf8), to: name) }
    let paths = names.map { (prefix + $0, files.path + "/" + $0) }
    try store.make(bucket: "recipe", files: Dictionary(uniqueKeysWithValues: paths))
    let bodies: [Any] = [
      [
        "Records": [["s3": ["bucket": ["name": "recipe"], "object": ["key": prefix + "a+b.json"]]]]
      ],
      [
        "Type": "Notification",
        "Message": try Self.json(["s3Bucket": "recipe", "s3ObjectKey": [prefix + "c.json"]]),
      ],
      [
        "version": "0",
        "detail": [
          "version": "0", "bucket": ["name": "recipe"], "object": ["key": prefix + "e+f.json"],
          "request-id": "X",
        ],
      ],
      ["Event": "s3:TestEvent"],
    ]
    let messages = try bodies.enumerated().map { number, body in
      ["ReceiptHandle": "handle-\(number)", "Body": try Self.json(body)]
    }
    let folder = try folder([
      "aws": """
      case "$2" in
      receive-message) cat messages 2> none; rm -f messages ;;
      delete-message) echo "${@: -1}" >> deleted ;;
      esac
      """
    ])
    try folder.write(Array(try Self.json(["Messages": messages]).utf8), to: "messages")
    let exports = store.variables().map { "export \($0.key)='\($0.value)'" }
    try check(
      """
      \(exports.sorted().joined(separator: "\n"))
      $RECIPES/s3-notifications --once https://queue trail.db --csv insights.csv
      [ "$(sort deleted | tr '\\n' ' ')" = 'handle-0 handle-1 handle-2 handle-3 ' ]
      trail-insights report --state trail.db --coverage c.json --csv r.csv
      grep -q '"calls":3,"duplicates":0,' c.json
      """, in: folder)
  }

  private static func json(_ value: Any) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
  }
}
