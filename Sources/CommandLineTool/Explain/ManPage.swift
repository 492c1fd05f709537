// SPDX-License-Identifier: Apache-2.0

/// The manual page, made from the table of commands, as roff for `man`.
enum ManPage {
  static var text: String {
    var lines = [
      ".TH TRAIL\\-INSIGHTS 1 \"\" \"trail\\-insights \(escaped(HelpText.version))\"",
      ".SH NAME", "trail\\-insights \\- find unusual API activity in CloudTrail logs",
      ".SH SYNOPSIS",
    ]
    for name in Command.Name.allCases {
      lines += [".B trail\\-insights", escaped(Command.named(name).usage), ".br"]
    }
    lines += [".SH COMMANDS"]
    for name in Command.Name.allCases { lines += section(of: .named(name)) }
    lines += [".SH EXIT STATUS"]
    for (status, meaning) in HelpText.statuses { lines += item(status, meaning) }
    lines += [".SH ENVIRONMENT"]
    for (name, meaning) in environment { lines += item(name, meaning) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let environment = [
    ("NO_COLOR", "when it is set and not empty, no colours unless --color always is given"),
    (
      "AWS_PROFILE, AWS_REGION, AWS_ACCESS_KEY_ID and others",
      "for s3:// paths, as the AWS CLI reads them"
    ),
  ]

  private static func section(of command: Command) -> [String] {
    var lines = [".SS " + escaped(command.usage), escaped(command.summary + ".")]
    for operand in command.operands { lines += item(operand.name, operand.help) }
    for option in command.options {
      lines += item(option.spelling + (option.value.map { " " + $0 } ?? ""), option.help)
    }
    if !command.notes.isEmpty { lines += [".PP"] + command.notes.map(escaped) }
    if !command.examples.isEmpty { lines += [".PP", "Examples:", ".PP", ".nf"] }
    lines += command.examples.map { "    trail\\-insights " + escaped($0) }
    return lines + (command.examples.isEmpty ? [] : [".fi"])
  }

  private static func item(_ name: String, _ text: String) -> [String] {
    [".TP", ".B \(escaped(name))", escaped(text)]
  }

  /// A hyphen is a minus, which can be copied; a line must not begin as a request does.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      default: escaped.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
