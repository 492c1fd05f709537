// SPDX-License-Identifier: Apache-2.0

/// The commands that tell a shell of the others.
extension Command {
  static let completions = Command(
    name: .completions,
    summary: "print the completions for a shell",
    usage: "completions SHELL",
    operands: [Operand(name: "SHELL", help: "bash, zsh or fish")],
    options: Option.everywhere,
    examples: ["completions bash > ~/.trail-insights.bash"])

  static let man = Command(
    name: .man,
    summary: "print the manual page, as roff",
    usage: "man",
    operands: [],
    options: Option.everywhere,
    examples: ["man | man -l -"])
}
