// SPDX-License-Identifier: Apache-2.0

extension Command.Operand {
  static let path = Command.Operand(
    name: "PATH",
    help: "a log file, folder, glob or s3://bucket/prefix; '-' is standard input")
}

/// Options that several commands take.
extension Option {
  static let aggregated = Option(
    name: .aggregated, value: nil, help: "count API_ACTIVITY summaries, in series of their own")

  static let savedState = Option(
    name: .state, value: "FILE", help: "take all from a file that detect or stream keeps")

  static let counts = Option(
    name: .counts, value: nil, help: "the paths are tables written by 'count', not logs")

  static let coverage = Option(
    name: .coverage, value: "FILE", help: "write what was read as one JSON object")

  static let from = Option(
    name: .from, value: "T", help: "only insights that start at T or later (RFC 3339)")

  static let to = Option(
    name: .to, value: "T", help: "only insights that start before T (RFC 3339)")

  static let alertsPerWeek = Option(
    name: .alertsPerWeek, value: "X",
    help: "false insights a week to accept over all input (1)")

  static let baselineDays = Option(
    name: .baselineDays, value: "N", help: "days of history a model learns from (28)")

  static let model = Option(
    name: .model, value: "FILE", help: "what to take for granted, as in Models/default.json")

  static let suppress = Option(
    name: .suppress, value: "FILE", help: "silence insights that these rules match")

  static let showSuppressed = Option(
    name: .showSuppressed, value: nil, help: "let the reports show what rules silence")

  static let color = Option(
    name: .color, value: "WHEN", help: "use colours: auto, always or never (auto)")

  static let threads = Option(
    name: .threads, value: "N", help: "workers; the result does not depend on it (all cores)")

  static let faults = Option(
    name: .faults, value: "FILE", help: "write what could not be read as CSV")

  /// How `s3://` paths are reached, under the names that the AWS CLI gives.
  static let stores = [
    Option(name: .endpointURL, value: "URL", help: "read s3:// paths from a compatible store"),
    Option(name: .profile, value: "NAME", help: "take credentials from this profile for s3://"),
    Option(name: .region, value: "NAME", help: "ask this Region first for an s3:// bucket"),
    Option(name: .noSignRequest, value: nil, help: "read public s3:// buckets without credentials"),
  ]

  /// How a command that reads trail data talks while it works.
  static let words = [
    Option(name: .quiet, value: nil, help: "no progress, no summary of what could not be read"),
    Option(name: .progress, value: "WHEN", help: "show progress: auto, always or never (auto)"),
  ]

  /// What every command takes.
  static let everywhere = [
    Option(name: .help, value: nil, help: "say this and stop"),
    Option(name: .version, value: nil, help: "print the version and stop"),
  ]
}
