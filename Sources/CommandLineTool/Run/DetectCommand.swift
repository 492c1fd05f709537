// SPDX-License-Identifier: Apache-2.0
import Insights
import Pages
import Reports
import Suppression
import Vocabulary

/// `detect`: find insights and write the reports that were asked for.
struct DetectCommand {
  let plan: DetectPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let reports = try targets()
    let rules = try plan.suppress.map { path throws(RunError) in try RuleFile.read(path) }
    let bar = ProgressBar(console: console, manners: plan.manners)
    defer { bar.clear() }
    var findings = try await calls.detect(plan) { bar.update($0) }
    bar.clear()
    try Reading(coverage: findings.coverage, paths: plan.paths).check()
    rules?.apply(to: &findings, records: JSONReport.records)
    let shown = plan.showsSuppressed ? findings.withSuppressed : findings
    for (target, encode) in reports {
      try target.write(encode(shown), console: console)
    }
    if plan.showsTable, !shown.insights.isEmpty { try hint() }
    return Reading(coverage: findings.coverage, paths: plan.paths)
      .finish(
        console: console, manners: plan.manners,
        hasFound: plan.exitsWithInsights && !findings.insights.isEmpty)
  }

  /// What to type next, for who sees a table for the first time; scripts see nothing of it.
  private func hint() throws(RunError) {
    guard console.output.isTerminal, !plan.manners.isQuiet else { return }
    try console.print("\nnext        trail-insights explain ID PATH..., or detect --html FILE\n")
  }

  /// Every report's place, checked before any work, and how it is made.
  private func targets() throws(RunError) -> [(OutputTarget, (Findings) -> [UInt8])] {
    var targets: [(OutputTarget, (Findings) -> [UInt8])] = []
    if let csv = plan.csv { targets.append((try OutputTarget(csv), CSVReport.encode)) }
    if let json = plan.json { targets.append((try OutputTarget(json), JSONReport.encode)) }
    if let html = plan.html { targets.append((try OutputTarget(html), HTMLReport.encode)) }
    if let coverage = plan.coverage {
      targets.append((try OutputTarget(coverage), { CoverageReport.encode($0) }))
    }
    if let faults = plan.faults {
      targets.append((try OutputTarget(faults), { FaultReport.encode($0.coverage) }))
    }
    if plan.showsTable {
      let table = TableReport(
        width: console.output.width, isColored: console.usesColor(plan.manners.color))
      targets.append((.standardOutput, table.encode))
    }
    return targets
  }
}
