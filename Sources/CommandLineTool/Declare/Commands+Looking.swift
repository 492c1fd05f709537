// SPDX-License-Identifier: Apache-2.0

/// The commands that look behind insights.
extension Command {
  static let explain = Command(
    name: .explain,
    summary: "show one insight in full, with events and files",
    usage: "explain [options] ID PATH... | --state FILE ID",
    operands: [
      Operand(
        name: "ID", help: "the insight's identifier, or the start of it"),
      .path,
    ],
    options: [
      .savedState,
      Option(
        name: .suppressLikeThis, value: nil,
        help: "print a rule that silences insights like it"),
      .counts, .aggregated,
      Option(
        name: .alertsPerWeek, value: "X",
        help: "the budget with which the insight was found (1)"),
      .from, .to, .baselineDays, .model,
      Option(name: .suppress, value: "FILE", help: "say whether one of these rules silences it"),
      .threads,
      .color,
    ] + Option.stores + Option.words + Option.everywhere,
    examples: [
      "explain 3f2a91c0 logs/", "explain 3f2a91c0 logs/ --suppress-like-this >> rules.json",
    ])

  static let export = Command(
    name: .export,
    summary: "write counts, baselines, scores and insights as tables",
    usage: "export --output DIR [options] PATH... | --state FILE",
    operands: [.path],
    options: [
      .savedState,
      Option(name: .output, value: "DIR", help: "write the tables into this new or empty folder"),
      .counts, .aggregated,
      .from, .to, .alertsPerWeek, .baselineDays, .model,
      .suppress, .showSuppressed,
      .threads,
    ] + Option.stores + Option.words + Option.everywhere,
    examples: ["export --output tables logs/"])

  static let count = Command(
    name: .count,
    summary: "count calls and errors per series and minute",
    usage: "count [options] PATH...",
    operands: [.path],
    options: [
      Option(name: .csv, value: "FILE", help: "write the counts here (standard output)"),
      Option(
        name: .attributions, value: "FILE", help: "write the counts by caller, agent and address"),
      .coverage, .faults, .aggregated, .threads,
    ] + Option.stores + Option.words + Option.everywhere,
    examples: ["count --csv counts.csv logs/", "detect --counts counts.csv"])
}
