// SPDX-License-Identifier: Apache-2.0

/// One option as it is declared: what the parser takes and what the help says.
struct Option: Sendable {
  let name: OptionName
  /// What stands for the value in the help, such as `FILE`; `nil` for a switch.
  let value: String?
  let help: String

  /// How the option is written: `--csv`.
  var spelling: String { "--" + name.rawValue }
}

/// The options of all commands; the raw value is what is typed after the two dashes.
enum OptionName: String, Sendable {
  case aggregated
  case alertsPerWeek = "alerts-per-week"
  case attributions
  case baselineDays = "baseline-days"
  case color
  case counts
  case coverage
  case csv
  case days
  case duplicateWindow = "duplicate-window"
  case endpointURL = "endpoint-url"
  case events
  case exitCode = "exit-code"
  case faults
  case from
  case help
  case html
  case idle
  case incidentFree = "incident-free"
  case insights
  case json
  case labels
  case lateness
  case lures
  case metrics
  case model
  case noSignRequest = "no-sign-request"
  case output
  case profile
  case progress
  case quiet
  case region
  case seed
  case series
  case showSuppressed = "show-suppressed"
  case start
  case state
  case suppress
  case suppressLikeThis = "suppress-like-this"
  case threads
  case to
  case version
}
