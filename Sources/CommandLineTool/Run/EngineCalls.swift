// SPDX-License-Identifier: Apache-2.0
import Counts
import Engine
import FoundationEssentials
import Insights
import ObjectStores
import Synthesis
import Vocabulary

/// What the commands ask of the stages: the one seam between words for people and the work.
///
/// Tests put closures of their own here; the tool takes `connected`.
struct EngineCalls: Sendable {
  typealias OnProgress = @Sendable (ReadProgress) -> Void
  /// Takes a path below the output folder and the bytes of a file.
  typealias WriteFile = (_ path: String, _ bytes: [UInt8]) throws(RunError) -> Void

  /// Takes what rules silence out of the findings.
  typealias Silence = @Sendable (inout Findings) -> Void

  /// The tables of `count`, to be written piece by piece: they are larger than what they are of.
  struct CountTables: Sendable {
    var writer: CountsWriter
    var coverage: Coverage
  }

  /// The files that `evaluate` compares, read.
  struct EvaluationInput: Sendable {
    var insights: [UInt8]
    var labels: [UInt8]
    var lures: [UInt8]?
    var coverage: [UInt8]?
    var printsJSON: Bool
  }

  var detect: @Sendable (DetectPlan, @escaping OnProgress) async throws(RunError) -> Findings
  /// Hands out the tables in pieces, each for the end of a file, without what rules silence.
  var export:
    @Sendable (DetectPlan, @escaping OnProgress, @escaping Silence, WriteFile)
      async throws(RunError) ->
      Findings
  var count: @Sendable (CountPlan, @escaping OnProgress) async throws(RunError) -> CountTables
  /// Returns the table of counts where it was asked for, in place of log files.
  var generate: @Sendable (GeneratePlan, WriteFile) async throws(RunError) -> [UInt8]?
  /// Returns what is printed.
  var evaluate: @Sendable (EvaluationInput) throws(RunError) -> String
}

extension EngineCalls {
  /// The stages of this build.
  static let connected = EngineCalls(
    detect: { plan, onProgress throws(RunError) in
      try await DetectCall(plan, onProgress: onProgress).findings()
    },
    export: { plan, onProgress, silence, writeFile throws(RunError) in
      try await DetectCall(plan, onProgress: onProgress).export(silence, with: writeFile)
    },
    count: { plan, onProgress throws(RunError) in
      var options = DetectionOptions()
      options.countsAggregated = plan.countsAggregated
      options.countsCallers = plan.attributions != nil
      options.threadCount = plan.threadCount ?? SystemCalls.coreCount
      let run = BatchRun(
        options: options, stores: StoreAccess(plan.stores), onProgress: onProgress)
      do throws(S3Failure) {
        let (history, coverage) = try await run.count(paths: plan.paths)
        return CountTables(writer: CountsWriter(history), coverage: coverage)
      } catch {
        throw .cannotRead(path: error.place, reason: error.reason)
      }
    },
    generate: { plan, writeFile throws(RunError) in
      let trail = SyntheticTrail(options: SynthesisOptions(plan))
      guard plan.counts != nil else {
        try trail.write(with: writeFile)
        return nil
      }
      try trail.writeTables(with: writeFile)
      var counts: [UInt8] = []
      CountsWriter(trail.countHistory()).writeCounts { (bytes: [UInt8]) in counts += bytes }
      return counts
    },
    evaluate: { input throws(RunError) in try EvaluationCall(input).run() })
}

extension StoreAccess {
  /// What was chosen, and the machine's own settings, read here and nowhere below.
  init(_ plan: StorePlan) {
    var options = S3Options()
    options.endpointURL = plan.endpointURL
    options.profile = plan.profile
    options.region = plan.region
    options.signsRequests = !plan.isUnsigned
    options.retrySeed = UInt64(SystemCalls.processID)
    let variables = ProcessInfo.processInfo.environment
    self.init(
      options: options,
      environment: S3Environment(
        variables: variables, homeFolder: variables["HOME"] ?? "/", now: { SystemCalls.now }))
  }
}

extension DetectionOptions {
  init(_ plan: DetectPlan) throws(RunError) {
    self.init()
    if let path = plan.model { model = try ModelFile.read(path) }
    from = plan.from
    to = plan.to
    alertsPerWeek = plan.alertsPerWeek
    baselineDays = plan.baselineDays
    countsAggregated = plan.countsAggregated
    threadCount = plan.threadCount ?? SystemCalls.coreCount
  }
}

extension SynthesisOptions {
  fileprivate init(_ plan: GeneratePlan) {
    self.init(seed: plan.seed)
    firstDay = CivilDate(daysSinceEpoch: plan.firstDay)
    days = plan.days
    seriesCount = plan.seriesCount
    eventTarget = plan.eventTarget
    incidentFree = plan.isIncidentFree
  }
}

extension SyntheticTrail {
  fileprivate func write(with writeFile: EngineCalls.WriteFile) throws(RunError) {
    do {
      try writeFiles { path, bytes in try writeFile(path, bytes) }
    } catch let error as RunError {
      throw error
    } catch {
      preconditionFailure("only the sink throws")
    }
    try writeTables(with: writeFile)
  }

  fileprivate func writeTables(with writeFile: EngineCalls.WriteFile) throws(RunError) {
    try writeFile("labels.csv", labelsCSV())
    try writeFile("lures.csv", luresCSV())
  }
}
