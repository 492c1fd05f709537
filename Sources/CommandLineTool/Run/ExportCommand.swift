// SPDX-License-Identifier: Apache-2.0
import Reports
import Vocabulary

/// `export`: write all tables into a folder.
struct ExportCommand {
  let plan: ExportPlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let manners = plan.detection.manners
    var folder = try OutputFolder(plan.folder)
    let bar = ProgressBar(console: console, manners: manners)
    defer { bar.clear() }
    let coverage = try await calls.export(plan.detection, { bar.update($0) }) {
      path, bytes throws(RunError) in
      try folder.append(bytes, to: path)
    }
    bar.clear()
    let reading = Reading(coverage: coverage, paths: plan.detection.paths)
    try reading.check()
    try folder.append(CoverageReport.encode(coverage), to: "coverage.json")
    return reading.finish(console: console, manners: manners, hasFound: false)
  }
}
