// SPDX-License-Identifier: Apache-2.0

/// The tool from its arguments to its exit status: parse, validate, run, explain.
public enum Tool {
  /// Runs the tool on the process's own arguments and streams, and returns the exit status.
  public static func main() async -> Int32 {
    SystemCalls.ignoreBrokenPipes()
    let arguments = Array(CommandLine.arguments.dropFirst())
    return await run(arguments, console: .standard, calls: .connected).rawValue
  }

  /// Runs the tool on any streams and any stages.
  static func run(
    _ arguments: [String], console: Console, calls: EngineCalls
  ) async -> ExitCode {
    let plan: Plan
    do throws(ArgumentError) {
      plan = try Plan(try ArgumentParser.parse(arguments))
    } catch {
      console.complain(ErrorText.line(for: error))
      return .failure
    }
    do throws(RunError) {
      return try await run(plan, console: console, calls: calls)
    } catch .brokenPipe {
      return .success
    } catch {
      for line in ErrorText.lines(for: error) { console.complain(line) }
      return .failure
    }
  }

  private static func run(
    _ plan: Plan, console: Console, calls: EngineCalls
  ) async throws(RunError) -> ExitCode {
    switch plan {
    case .firstSteps:
      console.writeError(Array(HelpText.firstSteps.utf8))
      return .failure
    case .version: try console.print("trail-insights \(HelpText.version)\n")
    case .help(let command):
      try console.print(command.map(HelpText.command) ?? HelpText.tool)
    case .detect(let plan):
      return try await DetectCommand(plan: plan, console: console, calls: calls).run()
    case .stream(let plan):
      return try StreamCommand(plan: plan, console: console).run()
    case .report(let plan):
      return try await DetectCommand(plan: plan, console: console, calls: calls).run()
    case .explain(let plan):
      return try await ExplainCommand(plan: plan, console: console, calls: calls).run()
    case .export(let plan):
      return try await ExportCommand(plan: plan, console: console, calls: calls).run()
    case .completions(let shell): try console.print(CompletionScript.text(for: shell))
    case .man: try console.print(ManPage.text)
    case .count(let plan):
      return try await CountCommand(plan: plan, console: console, calls: calls).run()
    case .score(let plan):
      return try ScoreCommand(plan: plan, console: console).run()
    case .generate(let plan):
      return try await GenerateCommand(plan: plan, console: console, calls: calls).run()
    case .evaluate(let plan):
      return try await EvaluateCommand(plan: plan, console: console, calls: calls).run()
    }
    return .success
  }
}
