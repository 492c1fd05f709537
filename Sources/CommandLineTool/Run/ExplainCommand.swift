// SPDX-License-Identifier: Apache-2.0
import Explanations
import Insights
import Reports
import Vocabulary

/// `explain`: one insight in full, or a rule that silences insights like it.
struct ExplainCommand {
  let plan: ExplainPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let manners = plan.detection.manners
    let bar = ProgressBar(console: console, manners: manners)
    defer { bar.clear() }
    let findings = try await calls.detect(plan.detection) { bar.update($0) }
    bar.clear()
    let reading = Reading(coverage: findings.coverage, paths: plan.detection.paths)
    try reading.check()
    let insight = try insight(in: findings.insights)
    if plan.printsRule {
      try console.print(SuppressionRuleText.rule(like: insight))
    } else {
      let report = ExplanationReport(
        width: console.output.width, isColored: console.usesColor(manners.color))
      try console.print(report.encode(insight))
    }
    return reading.finish(console: console, manners: manners, hasFound: false)
  }

  private func insight(in insights: [Insight]) throws(RunError) -> Insight {
    let matches = insights.filter { $0.id.lowercased().hasPrefix(plan.id) }
    guard let insight = matches.first else {
      throw .noSuchInsight(plan.id, insightCount: insights.count)
    }
    guard matches.count == 1 else {
      throw .severalInsights(plan.id, matches.prefix(5).map(\.id))
    }
    return insight
  }
}
