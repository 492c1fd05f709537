// SPDX-License-Identifier: Apache-2.0

/// Reads the arguments against the table of commands.
///
/// Options and operands may stand in any order; `--opt value` and `--opt=value` are the same, and
/// `--` ends the options. `-` is an operand.
struct ArgumentParser {
  private var rest: ArraySlice<String>

  static func parse(_ arguments: [String]) throws(ArgumentError) -> Arguments {
    var parser = ArgumentParser(rest: arguments[...])
    return try parser.parseTool()
  }

  private mutating func parseTool() throws(ArgumentError) -> Arguments {
    guard let first = rest.popFirst() else { return .nothing }
    switch first {
    case "--help", "-h": return .help(nil)
    case "--version", "-V": return .version
    case "help": return try parseHelp()
    case _ where first.hasPrefix("-"): throw .unknownOption(first, command: nil)
    default: return try parse(command(first))
    }
  }

  /// `help detect` is `detect --help`.
  private mutating func parseHelp() throws(ArgumentError) -> Arguments {
    guard let name = rest.popFirst() else { return .help(nil) }
    return .help(try command(name).name)
  }

  private func command(_ name: String) throws(ArgumentError) -> Command {
    guard let name = Command.Name(rawValue: name) else { throw .unknownCommand(name) }
    return .named(name)
  }

  private mutating func parse(_ command: Command) throws(ArgumentError) -> Arguments {
    var typed = Arguments.Typed(name: command.name)
    while let argument = rest.popFirst() {
      switch argument {
      case "--":
        typed.operands += rest
        return .command(typed)
      case "--help", "-h": return .help(command.name)
      case "--version", "-V": return .version
      case _ where argument.hasPrefix("-") && argument != "-":
        try parseOption(argument, of: command, into: &typed)
      default: typed.operands.append(argument)
      }
    }
    return .command(typed)
  }

  private mutating func parseOption(
    _ argument: String, of command: Command, into typed: inout Arguments.Typed
  ) throws(ArgumentError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    guard spelling.hasPrefix("--"), let option = command.option(String(spelling.dropFirst(2)))
    else { throw .unknownOption(spelling, command: command.name) }
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard option.value != nil else {
      if let attached { throw .unexpectedValue(option, value: attached) }
      typed.options[option.name] = ""
      return
    }
    // `--csv --json x` forgot a file name; it does not ask for a file named `--json`.
    guard let value = attached ?? rest.popFirst(), attached != nil || !value.hasPrefix("--") else {
      throw .missingValue(option, command: command.name)
    }
    typed.options[option.name] = value
  }
}
