// SPDX-License-Identifier: Apache-2.0

/// The commands that find insights.
extension Command {
  static let detect = Command(
    name: .detect,
    summary: "find unusual API activity in CloudTrail logs",
    usage: "detect [options] PATH...",
    operands: [.path],
    options: [
      Option(name: .csv, value: "FILE", help: "write the insights as CSV"),
      Option(name: .json, value: "FILE", help: "write the insights as CloudTrail's JSON lines"),
      Option(name: .html, value: "FILE", help: "write the insights as one page to look at"),
      .coverage, .faults,
      .counts, .aggregated,
      .from, .to, .alertsPerWeek, .baselineDays, .model,
      Option(
        name: .state, value: "FILE", help: "remember all in this file, and read only what is new"),
      .suppress, .showSuppressed,
      .threads,
      Option(name: .exitCode, value: nil, help: "exit with 1 when there are insights"),
      .color,
    ] + Option.stores + Option.words + Option.everywhere,
    examples: [
      "detect logs/", "detect --csv insights.csv --json insights.jsonl 'logs/*.gz'",
      "detect --exit-code --quiet --csv - logs/",
      "detect --state trail.db --csv insights.csv logs/",
    ])

  static let stream = Command(
    name: .stream,
    summary: "find unusual activity in events on standard input",
    usage: "stream [options]",
    operands: [],
    options: [
      Option(
        name: .json, value: "FILE", help: "write JSON lines of insights here (standard output)"),
      .coverage,
      Option(name: .state, value: "FILE", help: "survive a kill: remember all in this file"),
      Option(
        name: .lateness, value: "TIME", help: "how late an event may come, as in 90s or 15m (15m)"),
      Option(
        name: .idle, value: "TIME",
        help: "no input for so long makes all final; 0: never (1m)"),
      Option(
        name: .duplicateWindow, value: "TIME", help: "how long an event is known again (48h)"),
      Option(name: .metrics, value: "FILE", help: "keep a textfile for Prometheus fresh"),
      .aggregated, .alertsPerWeek, .baselineDays, .model,
      Option(name: .quiet, value: nil, help: "no words on what could not be read"),
    ] + Option.everywhere,
    notes: [
      "A start is told as soon as it shows, an end once no event can change it. With",
      "--state, input that was read already may be fed again: known events are dropped.",
      "Times are numbers with s, m, h or d. A log group is read as in",
      "aws logs tail GROUP --follow --format json | trail-insights stream",
    ],
    examples: ["stream --state trail.db --json insights.jsonl < events.jsonl"])

  static let report = Command(
    name: .report,
    summary: "write the reports again from a state file, without logs",
    usage: "report --state FILE [options]",
    operands: [],
    options: [
      Option(name: .state, value: "FILE", help: "a file that detect or stream keeps"),
      Option(name: .csv, value: "FILE", help: "write the insights as CSV"),
      Option(name: .json, value: "FILE", help: "write the insights as CloudTrail's JSON lines"),
      Option(name: .html, value: "FILE", help: "write the insights as one page to look at"),
      .coverage,
      .from, .to, .alertsPerWeek, .model,
      .suppress, .showSuppressed,
      Option(name: .exitCode, value: nil, help: "exit with 1 when there are insights"),
      .color,
      Option(name: .quiet, value: nil, help: "no words besides the report"),
    ] + Option.everywhere,
    examples: [
      "report --state trail.db", "report --state trail.db --from 2026-03-01 --html page.html",
    ])
}
