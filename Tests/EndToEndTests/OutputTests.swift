// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

/// Where output cannot go, through the real binary.
@Suite struct OutputTests {
  @Test func `a folder that is not there is named before any work`() throws {
    let run = try Tool.run(["detect", "logs", "--csv", "no/such/insights.csv"])
    #expect(run.status == 2)
    #expect(
      run.err == "trail-insights: cannot write no/such/insights.csv: No such file or directory\n")
  }

  @Test func `a folder is no file`() throws {
    let folder = try TemporaryFolder()
    let run = try Tool.run(["detect", "logs", "--json", "."], in: folder)
    #expect(run.status == 2)
    #expect(run.complaints.count == 1)
    #expect(run.err.hasSuffix(": it is a folder\n"))
    #expect(folder.names.isEmpty)
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may write everywhere"))
  func `a folder without permission is named before any work`() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "shut/x")
    let run = try Tool.shell(
      "chmod 555 shut; $TOOL detect logs --csv shut/insights.csv; s=$?; chmod 755 shut; exit $s",
      in: folder)
    #expect(run.status == 2)
    #expect(run.err == "trail-insights: cannot write shut/insights.csv: Permission denied\n")
  }

  @Test func `a full disk is told`() throws {
    let run = try Tool.shell("$TOOL detect --help > /dev/full")
    #expect(run.status == 2)
    #expect(run.err == "trail-insights: cannot write standard output: No space left on device\n")
  }

  @Test func `a reader that leaves ends the tool quietly`() throws {
    // The reader is gone before the first byte: `sleep` waits for it.
    let run = try Tool.shell(
      "(sleep 0.2; $TOOL detect --help; echo $? >&2) | true")
    #expect(run.err == "0\n")
    let head = try Tool.shell("set -o pipefail; $TOOL detect --help | head -c 1")
    #expect(head.status == 0)
    #expect(head.out == "t")
    #expect(head.err.isEmpty)
  }

  @Test func `a closed standard output is told`() throws {
    let run = try Tool.shell("$TOOL --version >&-")
    #expect(run.status == 2)
    #expect(run.err == "trail-insights: cannot write standard output: Bad file descriptor\n")
  }

  @Test func `a generated trail does not go into a folder that holds files`() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "trail/mine")
    let run = try Tool.run(["generate", "--output", "trail"], in: folder)
    #expect(run.status == 2)
    #expect(
      run.err == "trail-insights: cannot write into trail: it holds files;"
        + " name a new or an empty folder\n")
    #expect(try folder.text("trail/mine") == "\u{1}")
  }

  @Test func `labels that are not there are named`() throws {
    let run = try Tool.run(["evaluate", "none.csv", "labels.csv"])
    #expect(run.status == 2)
    #expect(run.err == "trail-insights: cannot read none.csv: No such file or directory\n")
  }
}
