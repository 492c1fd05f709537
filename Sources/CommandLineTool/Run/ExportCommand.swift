// SPDX-License-Identifier: Apache-2.0
import Insights
import Reports
import Suppression
import Vocabulary

/// `export`: write all tables into a folder.
struct ExportCommand {
  let plan: ExportPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let manners = plan.detection.manners
    let rules = try plan.detection.suppress.map { path throws(RunError) in
      try RuleFile.read(path)
    }
    // Before the folder is made.
    if let path = plan.detection.model { _ = try ModelFile.read(path) }
    var folder = try OutputFolder(plan.folder)
    let bar = ProgressBar(console: console, manners: manners)
    defer { bar.clear() }
    let silence: @Sendable (inout Findings) -> Void = { findings in
      rules?.apply(to: &findings, records: JSONReport.records)
      if plan.detection.showsSuppressed { findings = findings.withSuppressed }
    }
    let findings = try await calls.export(plan.detection, { bar.update($0) }, silence) {
      path, bytes throws(RunError) in
      try folder.append(bytes, to: path)
    }
    bar.clear()
    let reading = Reading(coverage: findings.coverage, paths: plan.detection.paths)
    try reading.check()
    try folder.append(CoverageReport.encode(findings), to: "coverage.json")
    return reading.finish(console: console, manners: manners, hasFound: false)
  }
}
