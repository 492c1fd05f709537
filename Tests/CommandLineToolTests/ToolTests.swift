// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Insights
import Synchronization
import Testing
import Vocabulary

@testable import CommandLineTool

/// Plans to exit statuses, with streams and stages of the tests' own.
@Suite struct ToolTests {
  @Test func `all input read: 0; with --exit-code and insights: 1`() async {
    let quiet = await run("detect", "x", findings: findings())
    #expect(quiet.status == .success)
    #expect(quiet.out.contains("No insights"))
    let found = await run("detect", "--exit-code", "x", findings: findings(insights: 1))
    #expect(found.status == .insightsFound)
    let unasked = await run("detect", "x", findings: findings(insights: 1))
    #expect(unasked.status == .success)
  }

  @Test func `damaged input: 3, and the first five are named`() async {
    let faults = (1...7).map { fault(.truncatedGzip, "f\($0)\u{1B}", at: $0) }
    let run = await run(
      "detect", "--exit-code", "x", findings: findings(faults: faults, insights: 1))
    #expect(run.status == .damagedInput)
    let lines = run.err.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.first == "trail-insights: f1\\u{1B}: byte 1: it ends early")
    #expect(lines.last == "trail-insights: and 2 more, see --coverage")
    let quiet = await self.run("detect", "--quiet", "x", findings: findings(faults: faults))
    #expect(quiet.status == .damagedInput && quiet.err.isEmpty)
  }

  @Test func `nothing readable: 2 and no report`() async {
    let missing = fault(.unreadable, "x", at: 0)
    let run = await run("detect", "x", findings: findings(records: 0, faults: [missing]))
    #expect(run.status == .failure && run.out.isEmpty)
    #expect(run.err == "trail-insights: x: it ends early\n")
    let empty = await self.run("detect", "x", findings: findings(records: 0, files: 0))
    #expect(empty.status == .failure)
    #expect(empty.err == "trail-insights: nothing to read in x\n")
  }

  @Test func `files without a record are read`() async {
    let run = await run("detect", "x", findings: findings(records: 0))
    #expect(run.status == .success)
  }

  @Test func `a closed pipe ends quietly, a full disk does not`() async {
    let gone = await run("detect", "x", findings: findings(), outputFails: EPIPE)
    #expect(gone.status == .success && gone.err.isEmpty)
    let full = await run("detect", "x", findings: findings(), outputFails: ENOSPC)
    #expect(full.status == .failure)
    #expect(full.err == "trail-insights: cannot write standard output: No space left on device\n")
  }

  @Test func `outputs are checked before any work`() async {
    let calls = Mutex(0)
    let run = await run("detect", "--csv", "/no/such/folder/x", "p") {
      calls.withLock { $0 += 1 }
      return self.findings()
    }
    #expect(run.status == .failure)
    #expect(calls.withLock { $0 } == 0)
  }

  @Test func `the tool alone says what to type first`() async {
    let run = await run(findings: findings())
    #expect(run.status == .failure && run.out.isEmpty)
    #expect(run.err.contains("trail-insights detect"))
  }

  @Test func `progress is cleared before the report`() async {
    let shown = await run("detect", "--progress", "always", "x", findings: findings())
    #expect(shown.err == "\r" + "reading  0 files  0 B" + "\u{1B}[K" + "\r\u{1B}[K")
    let hidden = await run("detect", "x", findings: findings())
    #expect(hidden.err.isEmpty)
  }

  @Test func `colours only where they are wanted`() async {
    let plain = await run("detect", "x", findings: findings(insights: 1))
    #expect(!plain.out.contains("\u{1B}"))
    let colored = await run("detect", "--color", "always", "x", findings: findings(insights: 1))
    #expect(colored.out.contains("\u{1B}[1;31m"))
  }
}

extension ToolTests {
  struct Outcome {
    let status: ExitCode
    let out: String
    let err: String
  }

  private final class Capture: Sendable {
    let out = Mutex<[UInt8]>([])
    let err = Mutex<[UInt8]>([])
  }

  private func run(
    _ arguments: String..., findings: Findings, outputFails code: Int32? = nil
  ) async -> Outcome {
    await run(arguments, outputFails: code) { findings }
  }

  private func run(
    _ arguments: String..., detect: @escaping @Sendable () -> Findings
  ) async -> Outcome {
    await run(arguments, outputFails: nil, detect: detect)
  }

  private func run(
    _ arguments: [String], outputFails code: Int32?, detect: @escaping @Sendable () -> Findings
  ) async -> Outcome {
    let capture = Capture()
    let console = Console(
      writeOutput: { bytes in
        if let code { return .failure(.init(code: code)) }
        capture.out.withLock { $0 += bytes }
        return .success(())
      },
      writeError: { bytes in capture.err.withLock { $0 += bytes } })
    var calls = EngineCalls.connected
    calls.detect = { _, onProgress in
      onProgress(ReadProgress())
      return detect()
    }
    let status = await Tool.run(arguments, console: console, calls: calls)
    return Outcome(
      status: status, out: String(decoding: capture.out.withLock { $0 }, as: UTF8.self),
      err: String(decoding: capture.err.withLock { $0 }, as: UTF8.self))
  }

  private func findings(
    records: Int = 10, files: Int = 1, faults: [Fault] = [], insights: Int = 0
  ) -> Findings {
    var coverage = Coverage()
    coverage.files = files
    coverage.records = records
    coverage.calls = records
    coverage.faults = faults
    return Findings(
      insights: (0..<insights).map { _ in insight }, coverage: coverage, alertsPerWeek: 1)
  }

  private func fault(_ kind: Fault.Kind, _ file: String, at offset: Int) -> Fault {
    Fault(kind: kind, file: file, offset: offset, skippedBytes: 0, reason: "it ends early")
  }

  private var insight: Insight {
    let start = Minute(sinceEpoch: 29_000_000)
    return Insight(
      id: "i",
      series: SeriesKey(
        recipientAccountID: "1", awsRegion: "r", eventCategory: "Management",
        eventSource: "iam.amazonaws.com", eventName: "CreateUser", insightType: .apiCallRate),
      direction: .above, start: start, end: start + 5, detected: start + 5, windowMinutes: 5,
      statistics: .init(
        baselineAverage: 0, baselineMinutes: 10080, expectedAverage: 0, insightAverage: 1,
        insightMinutes: 5, startAverage: 1, startMinutes: 5, calls: 5),
      severity: 90, log10PValue: -9, attributions: [], evidence: [],
      excerpt: .init(start: start, stepMinutes: 1, counts: [], expected: []))
  }
}
