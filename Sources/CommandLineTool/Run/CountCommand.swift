// SPDX-License-Identifier: Apache-2.0
import Counts
import Reports
import Vocabulary

/// `count`: the first half of `detect`, as tables.
struct CountCommand {
  let plan: CountPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let counts = try OutputTarget(plan.csv)
    let attributions = try target(plan.attributions)
    let coverage = try target(plan.coverage)
    let faults = try target(plan.faults)
    let bar = ProgressBar(console: console, manners: plan.manners)
    defer { bar.clear() }
    let tables = try await calls.count(plan) { bar.update($0) }
    bar.clear()
    let reading = Reading(coverage: tables.coverage, paths: plan.paths)
    try reading.check()
    try counts.write(console: console) { sink throws(RunError) in
      try tables.writer.writeCounts(to: sink)
    }
    try attributions?.write(console: console) { sink throws(RunError) in
      try tables.writer.writeAttributions(to: sink)
    }
    try coverage?.write(CoverageReport.encode(tables.coverage), console: console)
    try faults?.write(FaultReport.encode(tables.coverage), console: console)
    return reading.finish(console: console, manners: plan.manners, hasFound: false)
  }

  private func target(_ path: String?) throws(RunError) -> OutputTarget? {
    guard let path else { return nil }
    return try OutputTarget(path)
  }
}
