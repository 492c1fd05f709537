// SPDX-License-Identifier: Apache-2.0

/// The commands that try the detector on plain series and on synthetic trails.
extension Command {
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
