// SPDX-License-Identifier: Apache-2.0

/// `evaluate`: judge a table of insights against labels.
struct EvaluateCommand {
  let plan: EvaluatePlan
  let console: Console
  let calls: EngineCalls

  func run() async throws(RunError) -> ExitCode {
    let input = EngineCalls.EvaluationInput(
      insights: try read(plan.insights), labels: try read(plan.labels),
      lures: try readIfGiven(plan.lures), coverage: try readIfGiven(plan.coverage),
      printsJSON: plan.printsJSON)
    try console.print(try calls.evaluate(input))
    return .success
  }

  private func readIfGiven(_ path: String?) throws(RunError) -> [UInt8]? {
    guard let path else { return nil }
    return try read(path)
  }

  private func read(_ path: String) throws(RunError) -> [UInt8] {
    switch SystemCalls.read(path) {
    case .success(let bytes): return bytes
    case .failure(let failure): throw .cannotRead(path: path, reason: failure.reason)
    }
  }
}
