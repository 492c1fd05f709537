// SPDX-License-Identifier: Apache-2.0
import Reports

/// `generate`: write a synthetic labelled trail into a folder.
struct GenerateCommand {
  let plan: GeneratePlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    var folder = try OutputFolder(plan.folder)
    var fileCount = 0
    try await calls.generate(plan) { path, bytes throws(RunError) in
      try folder.write(bytes, to: path)
      fileCount += 1
    }
    if !plan.isQuiet {
      let files = PeopleText.count(fileCount, "file")
      console.complain("wrote \(files) into \(escapingControls(plan.folder))")
    }
    return .success
  }
}
