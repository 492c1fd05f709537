// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Suppression
import Vocabulary

/// `explain`: one insight in full, or a rule that silences insights like it.
struct ExplainCommand {
  let plan: ExplainPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let manners = plan.detection.manners
    let rules = try plan.detection.suppress.map { path throws(RunError) in
      try RuleFile.read(path)
    }
    var findings = try await detect(plan.detection)
    let reading = Reading(coverage: findings.coverage, paths: plan.detection.paths)
    try reading.check()
    rules?.apply(to: &findings, records: JSONReport.records)
    guard let insight = try insight(in: findings) else {
      throw try await absence(among: findings)
    }
    if plan.printsRule {
      try console.print(SuppressionRuleText.rule(like: insight))
    } else {
      let report = ExplanationReport(
        width: console.output.width, isColored: console.usesColor(manners.color))
      try console.print(report.encode(insight))
    }
    return reading.finish(console: console, manners: manners, hasFound: false)
  }

  private func detect(_ detection: DetectPlan) async throws(RunError) -> Findings {
    let bar = ProgressBar(console: console, manners: detection.manners)
    defer { bar.clear() }
    return try await calls.detect(detection) { bar.update($0) }
  }

  /// Silenced insights are explained as well, and say what silenced them.
  private func insight(in findings: Findings) throws(RunError) -> Insight? {
    let matches = findings.withSuppressed.insights.filter {
      $0.id.lowercased().hasPrefix(plan.id)
    }
    guard matches.count < 2 else {
      throw .severalInsights(plan.id, matches.prefix(5).map(\.id))
    }
    return matches.first
  }

  /// Why there is no such insight; where there is a time range, that takes a look beyond it.
  private func absence(among findings: Findings) async throws(RunError) -> RunError {
    var detection = plan.detection
    if detection.from != nil || detection.to != nil {
      (detection.from, detection.to) = (nil, nil)
      if let insight = try insight(in: try await detect(detection)) {
        return .outsideRange(String(insight.id.prefix(8)), start: insight.start.timestamp)
      }
    }
    return .noSuchInsight(
      plan.id, insightCount: findings.withSuppressed.insights.count, state: detection.state)
  }
}
