// SPDX-License-Identifier: Apache-2.0

/// What a shell needs to complete commands and options, made from the table of commands.
enum CompletionScript {
  static func text(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static var commands: [Command] { Command.Name.allCases.map(Command.named) }

  /// The words that an option's value may be; `nil` where it is a path or anything.
  private static func choices(_ option: Option) -> [String]? {
    option.value == "WHEN" ? Manners.When.allCases.map(\.rawValue) : nil
  }

  private static func takesPath(_ option: Option) -> Bool {
    option.value == "FILE" || option.value == "DIR"
  }

  private static func operandChoices(_ command: Command) -> [String]? {
    command.name == .completions ? Shell.allCases.map(\.rawValue) : nil
  }

  // MARK: bash

  private static var bash: String {
    let names = commands.map(\.name.rawValue).joined(separator: " ")
    let cases = commands.map { command in
      let options = command.options.map(\.spelling).joined(separator: " ")
      let operands = operandChoices(command)?.joined(separator: " ") ?? ""
      return "    \(command.name.rawValue)) options=\"\(options)\" operands=\"\(operands)\" ;;"
    }
    return """
      # bash completion for trail-insights
      _trail_insights() {
        local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local options operands
        COMPREPLY=()
        # Bash takes the equals sign of --color=auto for a word.
        if [[ $word == = ]]; then
          word=''
        elif [[ $previous == = ]]; then
          previous=${COMP_WORDS[COMP_CWORD-2]}
        fi
        if ((COMP_CWORD == 1)); then
          mapfile -t COMPREPLY < <(compgen -W "\(names) --help --version" -- "$word")
          return
        fi
        case $previous in
          \(whenOptions)) mapfile -t COMPREPLY < <(compgen -W "\(whens)" -- "$word"); return ;;
        esac
        case ${COMP_WORDS[1]} in
      \(cases.joined(separator: "\n"))
        esac
        if [[ $word == -* ]]; then
          mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        elif [[ -n $operands ]]; then
          mapfile -t COMPREPLY < <(compgen -W "$operands" -- "$word")
        else
          compopt -o filenames
          mapfile -t COMPREPLY < <(compgen -f -- "$word")
        fi
      }
      complete -F _trail_insights trail-insights

      """
  }

  private static var whens: String { Manners.When.allCases.map(\.rawValue).joined(separator: " ") }

  private static var whenOptions: String {
    Set(commands.flatMap(\.options).filter { choices($0) != nil }.map(\.spelling)).sorted()
      .joined(separator: "|")
  }

  // MARK: zsh

  private static var zsh: String {
    let names = commands.map { "'\($0.name.rawValue):\(zshText($0.summary))'" }
    let cases = commands.map { command in
      let options = command.options.map { "'\(zshOption($0))'" }
      let operand = operandChoices(command).map { "'*:shell:(\($0.joined(separator: " ")))'" }
      return "    \(command.name.rawValue)) _arguments \\\n      "
        + (options + [operand ?? "'*:path:_files'"]).joined(separator: " \\\n      ") + " ;;"
    }
    return """
      #compdef trail-insights
      # zsh completion for trail-insights
      local -a commands
      commands=(
        \(names.joined(separator: "\n  "))
      )
      if ((CURRENT == 2)); then
        _describe command commands
        return
      fi
      local command=$words[2]
      shift words
      ((CURRENT--))
      case $command in
      \(cases.joined(separator: "\n"))
      esac

      """
  }

  private static func zshOption(_ option: Option) -> String {
    let text = "[" + zshText(option.help) + "]"
    guard let value = option.value else { return option.spelling + text }
    let help = option.spelling + "=" + text
    if let choices = choices(option) {
      return help + ":\(value):(\(choices.joined(separator: " ")))"
    }
    return help + ":\(value):" + (takesPath(option) ? "_files" : "")
  }

  /// What would end a quoted description must not stand in it.
  private static func zshText(_ text: String) -> String {
    String(text.filter { $0 != "'" }.map { "[]:".contains($0) ? "," : $0 })
  }

  // MARK: fish

  private static var fish: String {
    let isFirst = "__fish_use_subcommand"
    var lines = ["# fish completion for trail-insights"]
    for command in commands {
      lines.append(
        "complete -c trail-insights -f -n \(isFirst) -a \(command.name.rawValue)"
          + " -d '\(fishText(command.summary))'")
    }
    for command in commands {
      let condition = "-n '__fish_seen_subcommand_from \(command.name.rawValue)'"
      for option in command.options {
        lines.append(
          "complete -c trail-insights \(condition) -l \(option.name.rawValue)"
            + fishValue(option) + " -d '\(fishText(option.help))'")
      }
      if let choices = operandChoices(command) {
        lines.append(
          "complete -c trail-insights -f \(condition) -a '\(choices.joined(separator: " "))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fishValue(_ option: Option) -> String {
    guard option.value != nil else { return "" }
    if let choices = choices(option) { return " -x -a '\(choices.joined(separator: " "))'" }
    return takesPath(option) ? " -r -F" : " -x"
  }

  private static func fishText(_ text: String) -> String { String(text.filter { $0 != "'" }) }
}
