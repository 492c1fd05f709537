// SPDX-License-Identifier: Apache-2.0
import Reports
import Vocabulary

/// The one place that makes sentences of errors; each is one line.
enum ErrorText {
  static func line(for error: ArgumentError) -> String {
    switch error {
    case .unknownCommand(let name):
      unknownCommand(name)
    case .unknownOption(let spelling, let command):
      unknownOption(spelling, command: command)
    case .missingValue(let option, let command):
      "\(option.spelling) takes \(option.value ?? "a value"), and none follows; see \(help(command))"
    case .unexpectedValue(let option, let value):
      "\(option.spelling) takes no value, but \(quoted(value)) was given"
    case .badValue(let option, let value, let takes):
      "--\(option.rawValue) takes \(takes), not \(quoted(value))"
    case .missingOperand(let operand, let command):
      "\(command.rawValue) needs \(operand); see \(help(command))"
    case .unexpectedOperand(let operand, let command):
      "\(command.rawValue) does not take \(quoted(operand)); see \(help(command))"
    case .missingOption(let option, let value, let command):
      "\(command.rawValue) needs --\(option.rawValue) \(value); see \(help(command))"
    case .givenTwice(let what, let value):
      "\(what) was given twice, the second time as \(quoted(value))"
    case .sameTarget(let first, let second, let target):
      "--\(first.rawValue) and --\(second.rawValue) cannot both go to \(place(target))"
    case .notTogether(let first, let second):
      "--\(first.rawValue) and --\(second.rawValue) cannot be given together"
    }
  }

  /// One line, or one for each path that could not be read.
  static func lines(for error: RunError) -> [String] {
    if case .unreadable(let faults) = error { return FaultSummary.lines(faults) }
    return [line(for: error)]
  }

  private static func line(for error: RunError) -> String {
    switch error {
    case .cannotWrite(let path, let reason): "cannot write \(place(path)): \(reason)"
    case .cannotRead(let path, let reason): "cannot read \(place(path)): \(reason)"
    case .badRule(let path, let line, let column, let reason):
      "\(place(path)):\(line):\(column): \(escapingControls(reason))"
    case .badModel(let path, let reason): "\(place(path)): \(escapingControls(reason))"
    case .unreadable(let faults): FaultSummary.lines(faults).joined(separator: "; ")
    case .folderInUse(let path):
      "cannot write into \(place(path)): it holds files; name a new or an empty folder"
    case .noSuchInsight(let id, let count, let state):
      "no insight begins with \(quoted(id)); there are \(PeopleText.count(count, "insight")) in "
        + (state.map { "this state, see their IDs with trail-insights report --state \(place($0))" }
          ?? "these paths, see their IDs with trail-insights detect")
    case .outsideRange(let id, let start):
      "insight \(quoted(id)) starts at \(start.rfc3339), outside --from and --to"
    case .severalInsights(let id, let ids):
      "several insights begin with \(quoted(id)): \(list(ids))"
    case .nothingToRead(let paths):
      "nothing to read in \(list(paths.map(escapingControls)))"
    case .state(let line): escapingControls(line)
    case .brokenPipe: "the reader of standard output is gone"
    }
  }

  /// Single quotes around a text in which nothing can drive the terminal.
  static func quoted(_ text: String) -> String { "'" + escapingControls(text) + "'" }

  private static let commands = Command.Name.allCases.map(\.rawValue)

  private static func place(_ path: String) -> String {
    path == "-" ? "standard output" : escapingControls(path)
  }

  private static func help(_ command: Command.Name) -> String {
    "trail-insights \(command.rawValue) --help"
  }

  /// Who typed a path first meant to read it.
  private static func unknownCommand(_ name: String) -> String {
    let unknown = "unknown command \(quoted(name))"
    if let meant = suggestion(name, from: commands) { return unknown + meant }
    guard name.contains("/") || name.contains("*") else {
      return unknown + "; the commands are \(list(commands))"
    }
    return unknown + "; to read a path, type trail-insights detect \(escapingControls(name))"
  }

  private static func unknownOption(_ spelling: String, command: Command.Name?) -> String {
    guard let command else {
      return "unknown option \(quoted(spelling))"
        + (suggestion(spelling, from: ["--help", "--version"])
          ?? "; a command comes first (\(list(commands)))")
    }
    let known = Command.named(command).options.map(\.spelling)
    return "\(command.rawValue) has no option \(quoted(spelling))"
      + (suggestion(spelling, from: known) ?? "; see \(help(command))")
  }

  private static func suggestion(_ typed: String, from known: [String]) -> String? {
    nearest(to: typed, in: known).map { "; did you mean \($0)?" }
  }

  private static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
