// SPDX-License-Identifier: Apache-2.0

/// The table of commands.
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
      .from, .to, .alertsPerWeek, .baselineDays,
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
      .aggregated, .alertsPerWeek, .baselineDays,
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
      .from, .to, .alertsPerWeek,
      .suppress, .showSuppressed,
      Option(name: .exitCode, value: nil, help: "exit with 1 when there are insights"),
      .color,
      Option(name: .quiet, value: nil, help: "no words besides the report"),
    ] + Option.everywhere,
    examples: [
      "report --state trail.db", "report --state trail.db --from 2026-03-01 --html page.html",
    ])

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
      .from, .to, .baselineDays,
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
      .from, .to, .alertsPerWeek, .baselineDays,
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

  static let score = Command(
    name: .score,
    summary: "say how unusual each row of a plain series is",
    usage: "score [options] FILE...",
    operands: [
      Operand(
        name: "FILE", help: "CSV with the columns timestamp and value; '-' is standard input")
    ],
    options: [
      Option(name: .csv, value: "FILE", help: "write the scores here (standard output)"),
      Option(name: .quiet, value: nil, help: "no summary of what could not be read"),
    ] + Option.everywhere,
    notes: [
      "For each row one of timestamp,value,expected,lower,upper,anomaly_score, which",
      "rests on the rows before it: 99 % of values were expected from lower to upper,",
      "and a score of 3 means a chance of one in a thousand. Files are scored one by",
      "one, and their rows follow each other under one header.",
    ],
    examples: ["score requests.csv", "score --csv scores.csv cpu.csv latency.csv"])

  static let generate = Command(
    name: .generate,
    summary: "write a synthetic trail with labelled incidents",
    usage: "generate --output DIR [--counts FILE] [options]",
    operands: [],
    options: [
      Option(
        name: .output, value: "DIR", help: "write AWSLogs/, labels.csv and lures.csv in this folder"
      ),
      Option(
        name: .counts, value: "FILE",
        help: "write what 'count' would make of AWSLogs/ here"),
      Option(name: .seed, value: "N", help: "the same seed gives the same trail (1)"),
      Option(name: .days, value: "N", help: "days that the trail spans (21)"),
      Option(name: .series, value: "N", help: "series of calls in it (300)"),
      Option(name: .events, value: "N", help: "events to aim at (1000000)"),
      Option(name: .start, value: "DATE", help: "the first day (2026-01-05)"),
      Option(name: .incidentFree, value: nil, help: "plant no incidents"),
      Option(name: .quiet, value: nil, help: "do not say what was written"),
    ] + Option.everywhere,
    notes: [
      "With --counts no log files are written; the folder, where there is one, takes",
      "the labels and lures.",
    ],
    examples: [
      "generate --output trail --seed 7 --days 14",
      "generate --output labels --counts counts.csv",
    ])

  static let evaluate = Command(
    name: .evaluate,
    summary: "judge insights against labels",
    usage: "evaluate [options] INSIGHTS LABELS",
    operands: [
      Operand(name: "INSIGHTS", help: "a file written by 'detect --csv'; also --insights"),
      Operand(name: "LABELS", help: "the labels.csv of 'generate'; also --labels"),
    ],
    options: [
      Option(name: .insights, value: "FILE", help: "the insights, in place of the first operand"),
      Option(name: .labels, value: "FILE", help: "the labels, in place of the second operand"),
      Option(name: .lures, value: "FILE", help: "harmless oddities; insights on them are counted"),
      Option(name: .coverage, value: "FILE", help: "a file written by 'detect --coverage'"),
      Option(name: .json, value: nil, help: "print one JSON object in place of the table"),
    ] + Option.everywhere,
    examples: ["evaluate insights.csv trail/labels.csv --lures trail/lures.csv"])
}

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

extension Command.Operand {
  fileprivate static let path = Command.Operand(
    name: "PATH",
    help: "a log file, folder, glob or s3://bucket/prefix; '-' is standard input")
}

extension Option {
  fileprivate static let aggregated = Option(
    name: .aggregated, value: nil, help: "count API_ACTIVITY summaries, in series of their own")

  fileprivate static let savedState = Option(
    name: .state, value: "FILE", help: "take all from a file that detect or stream keeps")

  fileprivate static let counts = Option(
    name: .counts, value: nil, help: "the paths are tables written by 'count', not logs")

  fileprivate static let coverage = Option(
    name: .coverage, value: "FILE", help: "write what was read as one JSON object")

  fileprivate static let from = Option(
    name: .from, value: "T", help: "only insights that start at T or later (RFC 3339)")

  fileprivate static let to = Option(
    name: .to, value: "T", help: "only insights that start before T (RFC 3339)")

  fileprivate static let alertsPerWeek = Option(
    name: .alertsPerWeek, value: "X",
    help: "false insights a week to accept over all input (1)")

  fileprivate static let baselineDays = Option(
    name: .baselineDays, value: "N", help: "days of history a model learns from (28)")

  fileprivate static let suppress = Option(
    name: .suppress, value: "FILE", help: "silence insights that these rules match")

  fileprivate static let showSuppressed = Option(
    name: .showSuppressed, value: nil, help: "let the reports show what rules silence")

  fileprivate static let color = Option(
    name: .color, value: "WHEN", help: "use colours: auto, always or never (auto)")

  fileprivate static let threads = Option(
    name: .threads, value: "N", help: "workers; the result does not depend on it (all cores)")

  fileprivate static let faults = Option(
    name: .faults, value: "FILE", help: "write what could not be read as CSV")

  /// How `s3://` paths are reached, under the names that the AWS CLI gives.
  fileprivate static let stores = [
    Option(name: .endpointURL, value: "URL", help: "read s3:// paths from a compatible store"),
    Option(name: .profile, value: "NAME", help: "take credentials from this profile for s3://"),
    Option(name: .region, value: "NAME", help: "ask this Region first for an s3:// bucket"),
    Option(name: .noSignRequest, value: nil, help: "read public s3:// buckets without credentials"),
  ]

  /// How a command that reads trail data talks while it works.
  fileprivate static let words = [
    Option(name: .quiet, value: nil, help: "no progress, no summary of what could not be read"),
    Option(name: .progress, value: "WHEN", help: "show progress: auto, always or never (auto)"),
  ]

  /// What every command takes.
  fileprivate static let everywhere = [
    Option(name: .help, value: nil, help: "say this and stop"),
    Option(name: .version, value: nil, help: "print the version and stop"),
  ]
}
