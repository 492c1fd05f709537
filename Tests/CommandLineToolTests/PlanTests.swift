// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import CommandLineTool

@Suite struct PlanTests {
  private func plan(_ arguments: String...) throws -> Plan {
    try Plan(try ArgumentParser.parse(arguments))
  }

  @Test func `defaults are the contract's`() throws {
    #expect(try plan("detect", "a") == .detect(DetectPlan(paths: ["a"])))
    let detect = DetectPlan(paths: [])
    #expect(detect.alertsPerWeek == 1 && detect.baselineDays == 28 && detect.threadCount == nil)
    #expect(detect.showsTable)
    #expect(try plan("count", "a") == .count(CountPlan(paths: ["a"])))
    #expect(try plan("generate", "--output", "d") == .generate(GeneratePlan(folder: "d")))
    #expect(try plan("generate", "--counts", "c") == .generate(GeneratePlan(counts: "c")))
  }

  @Test func `every value arrives`() throws {
    let typed = try plan(
      "detect", "--csv=c", "--json", "-", "--coverage", "v", "--counts", "--from", "2026-03-01",
      "--to", "2026-03-02T00:00:00Z", "--alerts-per-week", "0.5", "--baseline-days", "7",
      "--threads", "2", "--exit-code", "--quiet", "--progress", "never", "--color", "always", "p")
    guard case .detect(let plan) = typed else { return #expect(Bool(false)) }
    #expect(plan.csv == "c" && plan.json == "-" && plan.coverage == "v" && plan.readsCounts)
    #expect(plan.from?.rfc3339 == "2026-03-01T00:00:00Z")
    #expect(plan.to?.rfc3339 == "2026-03-02T00:00:00Z")
    #expect(plan.alertsPerWeek == 0.5 && plan.baselineDays == 7 && plan.threadCount == 2)
    #expect(plan.exitsWithInsights && !plan.showsTable)
    #expect(plan.manners == Manners(isQuiet: true, progress: .never, color: .always))
  }

  @Test func `evaluate takes its files in place or by name`() throws {
    let expected = Plan.evaluate(EvaluatePlan(insights: "i", labels: "l"))
    #expect(try plan("evaluate", "i", "l") == expected)
    #expect(try plan("evaluate", "--insights", "i", "--labels", "l") == expected)
    #expect(try plan("evaluate", "--labels", "l", "i") == expected)
    #expect(throws: ArgumentError.unexpectedOperand("x", command: .evaluate)) {
      try plan("evaluate", "--labels", "l", "i", "x")
    }
  }

  @Test(arguments: [
    ["--threads", "0"], ["--threads", "-1"], ["--threads", "two"], ["--threads", "1025"],
    ["--threads", "99999999999999999999"], ["--threads", "+1"], ["--threads", ""],
    ["--alerts-per-week", "-1"], ["--alerts-per-week", "0"], ["--alerts-per-week", "nan"],
    ["--alerts-per-week", "inf"], ["--alerts-per-week", "0x1p3"], ["--alerts-per-week", "1e999"],
    ["--baseline-days", "0"], ["--baseline-days", "1.5"], ["--from", "yesterday"],
    ["--to", "2026-02-30"], ["--from", ""], ["--color", "red"], ["--progress", "Always"],
    ["--csv", ""], ["--coverage", "-"], ["--to", "2026-01-01", "--from", "2026-01-01"],
    ["--csv", "-", "--json", "-"], ["--csv", "x", "--coverage", "x"],
  ])
  func `bad values end in one line that names the option`(values: [String]) {
    let arguments = ["detect"] + values + ["path"]
    let error = #expect(throws: ArgumentError.self) {
      try Plan(try ArgumentParser.parse(arguments))
    }
    guard let error else { return }
    let line = ErrorText.line(for: error)
    #expect(line.contains(values[0]))
    #expect(!line.contains("\n"))
  }

  @Test func `paths are wanted, and none is empty`() {
    #expect(throws: ArgumentError.missingOperand("a PATH", command: .detect)) {
      try plan("detect")
    }
    #expect(throws: ArgumentError.unexpectedOperand("", command: .count)) {
      try plan("count", "")
    }
    #expect(throws: ArgumentError.missingOption(.output, value: "DIR", command: .generate)) {
      try plan("generate")
    }
  }

  @Test func `what was typed cannot drive the terminal`() {
    let line = ErrorText.line(for: .badValue(.csv, value: "a\u{1B}[2J\n", takes: "a path"))
    #expect(line == "--csv takes a path, not 'a\\u{1B}[2J\\n'")
  }
}
