// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

/// A state that cannot be used: one clear line, status 2, and the state still works.
@Suite struct StateTroubleTests {
  /// A folder with a trail of two days, and a state that knows the first.
  private static func prepared() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for day in 1...2 {
      let records = (0..<200).map {
        LateEventTests.record(
          day * 1000 + $0, time: String(format: "2026-03-%02dT%02d:%02d:00Z", day, $0 / 20, $0 % 20)
        )
      }
      try folder.write(Array((records.joined(separator: "\n") + "\n").utf8), to: "day\(day)")
    }
    let run = try Tool.run(["detect", "day1", "--state", "s.db", "--csv", "1.csv"], in: folder)
    #expect(run.status == 0, "\(run.err)")
    let whole = try Tool.run(["count", "day1", "day2", "--csv", "counts.csv"], in: folder)
    #expect(whole.status == 0, "\(whole.err)")
    return folder
  }

  /// Runs a script in which each command must end with one line and status 2; then goes on with the
  /// state, which must know all.
  private func check(
    _ script: String, says reason: String, in folder: TemporaryFolder, mend: String = "true"
  ) throws {
    let run = try Tool.shell(script, in: folder)
    #expect(run.status == 2, "\(run.out)\(run.err)")
    #expect(run.complaints.count == 1, "\(run.err)")
    #expect(run.err.hasPrefix("trail-insights: "), "\(run.err)")
    #expect(run.err.contains(reason), "\(run.err)")
    let after = try Tool.shell(
      """
      \(mend) && $TOOL detect day1 day2 --state s.db --csv 2.csv \
        && $TOOL export --state s.db --output tables --quiet && cmp tables/counts.csv counts.csv
      """, in: folder)
    #expect(after.status == 0, "\(after.out)\(after.err)")
  }

  private static let commands = [
    "$TOOL detect day2 --csv - --state", "$TOOL stream --idle 0 < day2 --state",
  ]

  @Test(arguments: commands) func `other settings`(command: String) throws {
    try check(
      "\(command) s.db --baseline-days 14", says: "--baseline-days 28", in: try Self.prepared())
    try check("\(command) s.db --aggregated", says: "without --aggregated", in: try Self.prepared())
  }

  @Test(arguments: commands + ["$TOOL report --state"])
  func `a newer state`(command: String) throws {
    let set = { (version: Int) in
      "python3 -c 'import sqlite3; sqlite3.connect(\"s.db\").execute(\"pragma user_version=\(version)\")'"
    }
    try check(
      "\(set(99)); \(command) s.db", says: "newer trail-insights (state version 99",
      in: try Self.prepared(), mend: set(1))
  }

  @Test(arguments: commands + ["$TOOL report --state"])
  func `not a state file, a folder, no folder`(command: String) throws {
    let folder = try Self.prepared()
    try check("\(command) day1", says: "day1: this is not a state file", in: folder)
    try check("mkdir d; \(command) d", says: "d: ", in: try Self.prepared())
    try check("\(command) no/s.db", says: "no/s.db: ", in: try Self.prepared())
  }

  /// Half of it is gone, or the last page and a part, or bytes in its last page are others.
  @Test(
    arguments: commands,
    [
      "truncate -s $(($(stat -c %s s.db) / 2)) s.db", "truncate -s -5000 s.db",
      "head -c 3000 /dev/zero | tr '\\0' x | dd of=s.db bs=1 conv=notrunc status=none "
        + "seek=$(($(stat -c %s s.db) - 4096))",
    ])
  func `a torn file`(command: String, tear: String) throws {
    try check(
      "cp s.db whole; \(tear); \(command) s.db", says: "damaged", in: try Self.prepared(),
      mend: "mv whole s.db")
  }

  /// No file may grow beyond some kilobytes: the first write fails, or one in the midst.
  @Test(arguments: commands, [1, 20, 40]) func `no room`(command: String, most: Int) throws {
    try check(
      "trap '' XFSZ; ulimit -f \(most); \(command) s.db > out",
      says: "s.db: there is no room to write the state file (File too large); it stands",
      in: try Self.prepared())
  }

  @Test(.enabled(if: getuid() == 0), arguments: commands)
  func `a full disk`(command: String) throws {
    let folder = try Self.prepared()
    // A disk of its own, which few may make.
    guard try Tool.shell("mkdir d && mount -t tmpfs -o size=300k none d", in: folder).status == 0
    else { return }
    defer { _ = try? Tool.shell("umount d", in: folder) }
    try check(
      "cp s.db d; head -c 1M /dev/zero > d/other 2> errors; \(command) d/s.db > out",
      says: "d/s.db: there is no room to write the state file (No space left on device); it stands",
      in: folder)
    let after = try Tool.shell("rm d/other; $TOOL report --state d/s.db --csv -", in: folder)
    #expect(after.status == 0, "\(after.err)")
  }

  @Test(arguments: commands) func `a file that may not be written`(command: String) throws {
    // Root may write all, so it becomes nobody.
    let tool = getuid() == 0 ? "setpriv --reuid 65534 --clear-groups $TOOL" : "$TOOL"
    try check(
      "chmod 400 s.db; chmod 755 .; "
        + command.replacing("$TOOL", with: tool) + " s.db",
      says: "cannot be written", in: try Self.prepared(), mend: "chmod 600 s.db")
  }

  @Test(arguments: commands) func `a second process on the same state`(command: String) throws {
    try check(
      """
      mkfifo pipe
      $TOOL stream --idle 0 --state s.db --metrics metrics < pipe > told & stream=$!
      exec 3> pipe
      until [ -e metrics ]; do sleep 0.1; done
      \(command) s.db; status=$?
      exec 3>&-; wait $stream && exit $status
      """, says: "in use by another process", in: try Self.prepared())
  }
}
