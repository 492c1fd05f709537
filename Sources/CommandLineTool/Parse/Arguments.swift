// SPDX-License-Identifier: Apache-2.0

/// What was typed: syntax only, nothing checked against the world.
///
/// A `Plan` is what it means.
enum Arguments: Equatable {
  /// No arguments at all.
  case nothing
  case version
  /// The help of a command, `nil` for the tool's.
  case help(Command.Name?)
  case command(Typed)

  /// A command with the options that were typed; the last of several equal ones counts.
  struct Typed: Equatable {
    let name: Command.Name
    /// Empty text for switches.
    var options: [OptionName: String] = [:]
    var operands: [String] = []

    func has(_ option: OptionName) -> Bool { options[option] != nil }
  }
}

/// What is wrong with the arguments: facts; `ErrorText` makes the sentence.
enum ArgumentError: Error, Equatable {
  case unknownCommand(String)
  case unknownOption(String, command: Command.Name?)
  case missingValue(Option, command: Command.Name)
  case unexpectedValue(Option, value: String)
  case badValue(OptionName, value: String, takes: String)
  case missingOperand(String, command: Command.Name)
  case unexpectedOperand(String, command: Command.Name)
  case missingOption(OptionName, value: String, command: Command.Name)
  case givenTwice(String, value: String)
  case sameTarget(OptionName, OptionName, target: String)
  case notTogether(OptionName, OptionName)
}

extension Option: Equatable {
  static func == (left: Option, right: Option) -> Bool { left.name == right.name }
}
