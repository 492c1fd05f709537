// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What the arguments mean: every value checked, nothing done yet.
enum Plan: Equatable {
  case firstSteps
  case version
  case help(Command.Name?)
  case detect(DetectPlan)
  case stream(StreamPlan)
  case report(DetectPlan)
  case explain(ExplainPlan)
  case export(ExportPlan)
  case count(CountPlan)
  case score(ScorePlan)
  case generate(GeneratePlan)
  case evaluate(EvaluatePlan)
  case completions(Shell)
  case man
}

/// How a command talks while it works.
struct Manners: Equatable {
  enum When: String, CaseIterable {
    case auto, always, never
  }

  var isQuiet = false
  var progress = When.auto
  var color = When.auto
}

/// How `s3://` paths are reached; `nil` leaves it to the environment and the shared files.
struct StorePlan: Equatable {
  var endpointURL: String?
  var profile: String?
  var region: String?
  var isUnsigned = false
}

/// What `detect` shall do; `report` does all of it but the reading.
struct DetectPlan: Equatable {
  /// Empty where the state file alone is asked.
  var paths: [String]
  /// Whether the paths are tables written by `count`.
  var readsCounts = false
  /// Whether the budget was asked for; a state file has one of its own.
  var hasBudget = false
  var csv: String?
  var json: String?
  var html: String?
  var coverage: String?
  var faults: String?
  var countsAggregated = false
  var stores = StorePlan()
  var from: Timestamp?
  var to: Timestamp?
  var alertsPerWeek = 1.0
  var baselineDays = 28
  /// A model file; `nil` for the model that is built in.
  var model: String?
  /// `nil` for one a core.
  var threadCount: Int?
  /// The file that remembers all between runs.
  var state: String?
  /// A file of rules that silence insights.
  var suppress: String?
  var showsSuppressed = false
  var exitsWithInsights = false
  var manners = Manners()

  /// The table for people is what is shown when nothing else was asked for.
  var showsTable: Bool { csv == nil && json == nil && html == nil }
}

/// What `stream` shall do.
struct StreamPlan: Equatable {
  var json = "-"
  var coverage: String?
  var state: String?
  var metrics: String?
  var latenessMinutes = 15
  /// Seconds of quiet behind which all is final; `nil` for never.
  var idleSeconds: Int? = 60
  var duplicateWindowMinutes = 48 * 60
  var countsAggregated = false
  var alertsPerWeek = 1.0
  var baselineDays = 28
  /// A model file; `nil` for the model that is built in.
  var model: String?
  var isQuiet = false
}

/// What `explain` shall do.
struct ExplainPlan: Equatable {
  /// The insight's identifier or the start of it.
  var id: String
  /// How the insight is found.
  var detection: DetectPlan
  /// Whether a rule is printed that silences insights like it.
  var printsRule = false
}

/// What `export` shall do.
struct ExportPlan: Equatable {
  var folder: String
  var detection: DetectPlan
}

/// The shells that completions are made for.
enum Shell: String, CaseIterable {
  case bash, zsh, fish
}

/// What `count` shall do.
struct CountPlan: Equatable {
  var paths: [String]
  var csv = "-"
  var attributions: String?
  var coverage: String?
  var faults: String?
  var countsAggregated = false
  var stores = StorePlan()
  /// `nil` for one a core.
  var threadCount: Int?
  var manners = Manners()
}

/// What `score` shall do.
struct ScorePlan: Equatable {
  var paths: [String]
  var csv = "-"
  var isQuiet = false
}

/// What `generate` shall do.
struct GeneratePlan: Equatable {
  /// Where the trail goes; may be `nil` where only its counts are wanted.
  var folder: String?
  /// Where a table of counts goes; no log files are written then.
  var counts: String?
  var seed: UInt64 = 1
  var days = 21
  var seriesCount = 300
  var eventTarget = 1_000_000
  /// Days since 1970-01-01.
  var firstDay = CivilDate(year: 2026, month: 1, day: 5).daysSinceEpoch
  var isIncidentFree = false
  var isQuiet = false
}

/// What `evaluate` shall do.
struct EvaluatePlan: Equatable {
  var insights: String
  var labels: String
  var lures: String?
  var coverage: String?
  var printsJSON = false
}
