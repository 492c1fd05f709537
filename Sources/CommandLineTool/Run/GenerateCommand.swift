// SPDX-License-Identifier: Apache-2.0
import Reports

/// `generate`: write a synthetic labelled trail into a folder, or its counts into a file.
struct GenerateCommand {
  let plan: GeneratePlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    var target: OutputTarget?
    if let counts = plan.counts { target = try OutputTarget(counts) }
    var folder: OutputFolder?
    if let path = plan.folder { folder = try OutputFolder(path) }
    var fileCount = 0
    let counts = try await calls.generate(plan) { path, bytes throws(RunError) in
      try folder?.write(bytes, to: path)
      fileCount += 1
    }
    if let counts { try target?.write(counts, console: console) }
    if let path = plan.folder, !plan.isQuiet {
      let files = PeopleText.count(fileCount, "file")
      console.complain("wrote \(files) into \(escapingControls(path))")
    }
    return .success
  }
}
