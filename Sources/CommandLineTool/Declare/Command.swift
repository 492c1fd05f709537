// SPDX-License-Identifier: Apache-2.0

/// One command as it is declared: a row of the table that parser, help and suggestions read.
struct Command: Sendable {
  enum Name: String, CaseIterable, Sendable {
    case detect, stream, report, explain, export, count, score, generate, evaluate, completions, man
  }

  /// What stands after the command without dashes.
  struct Operand: Sendable {
    let name: String
    let help: String
  }

  let name: Name
  /// What the command does, in one line.
  let summary: String
  /// How it is typed, without the name of the tool.
  let usage: String
  let operands: [Operand]
  let options: [Option]
  /// What a user must know besides, line by line.
  var notes: [String] = []
  /// A few commands that work as they stand.
  let examples: [String]

  static func named(_ name: Name) -> Command {
    switch name {
    case .detect: .detect
    case .stream: .stream
    case .report: .report
    case .explain: .explain
    case .export: .export
    case .count: .count
    case .score: .score
    case .generate: .generate
    case .evaluate: .evaluate
    case .completions: .completions
    case .man: .man
    }
  }

  func option(_ name: String) -> Option? {
    options.first { $0.name.rawValue == name }
  }
}
