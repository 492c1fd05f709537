// SPDX-License-Identifier: Apache-2.0

/// The help, made from the table of commands.
enum HelpText {
  static let version = "0.1.0"

  /// What someone reads who typed the name of the tool alone.
  static let firstSteps = """
    trail-insights finds unusual API activity in CloudTrail logs.

    Type this first:
      trail-insights detect FOLDER              a folder, file or glob of CloudTrail logs

    Then, for a page to look at, or for one insight in full:
      trail-insights detect FOLDER --html insights.html
      trail-insights explain ID FOLDER

    See 'trail-insights --help' for all commands.

    """

  static let statuses = [
    ("0", "ran, and all input was read"), ("1", "with --exit-code: there are insights"),
    ("2", "could not run: arguments, nothing to read, full disk"),
    ("3", "ran to the end, but some input was damaged or could not be read"),
  ]

  static var tool: String {
    let commands = Command.Name.allCases.map { name in
      (name.rawValue, Command.named(name).summary)
    }
    return """
      trail-insights finds unusual API activity in CloudTrail logs.

      Usage: trail-insights COMMAND [options] ...

      Commands:
      \(table(commands))

      Options:
      \(table([("--help", "say this and stop"), ("--version", "print the version and stop")]))

      See 'trail-insights COMMAND --help' for the options of a command.

      Exit status:
      \(table(statuses))

      """
  }

  static func command(_ name: Command.Name) -> String {
    let command = Command.named(name)
    let options = command.options.map { option in
      (option.spelling + (option.value.map { " " + $0 } ?? ""), option.help)
    }
    var sections = [
      "trail-insights \(command.name.rawValue): \(command.summary)",
      "Usage: trail-insights \(command.usage)",
    ]
    if !command.operands.isEmpty {
      sections.append(table(command.operands.map { ($0.name, $0.help) }))
    }
    sections.append("Options:\n" + table(options))
    if !command.notes.isEmpty { sections.append(command.notes.joined(separator: "\n")) }
    if command.options.contains(where: { $0.value == "FILE" && $0.name == .csv }) {
      sections.append("'-' as FILE is standard output.")
    }
    let examples = command.examples.map { "  trail-insights " + $0 }
    sections.append("Examples:\n" + examples.joined(separator: "\n"))
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// Two aligned columns.
  private static func table(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { left, right in
      "  " + left + String(repeating: " ", count: width - left.count + 2) + right
    }.joined(separator: "\n")
  }
}
