// SPDX-License-Identifier: Apache-2.0
import Engine
import Insights
import Vocabulary

/// What the commands ask of the stages: the one seam between words for people and the work.
///
/// Tests put closures of their own here; the tool takes `connected`.
struct EngineCalls: Sendable {
  typealias OnProgress = @Sendable (ReadProgress) -> Void
  /// Takes a path below the output folder and the bytes of a file.
  typealias WriteFile = (_ path: String, _ bytes: [UInt8]) throws(RunError) -> Void

  /// The tables of `count`.
  struct CountTables: Sendable {
    var counts: [UInt8]
    /// Empty unless it was asked for.
    var attributions: [UInt8]
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
  var count: @Sendable (CountPlan, @escaping OnProgress) async throws(RunError) -> CountTables
  var generate: @Sendable (GeneratePlan, WriteFile) async throws(RunError) -> Void
  /// Returns what is printed.
  var evaluate: @Sendable (EvaluationInput) throws(RunError) -> String
}

extension EngineCalls {
  /// The stages of this build.
  static let connected = EngineCalls(
    detect: { _, _ throws(RunError) in throw .notConnected(.detect) },
    count: { _, _ throws(RunError) in throw .notConnected(.count) },
    generate: { _, _ throws(RunError) in throw .notConnected(.generate) },
    evaluate: { _ throws(RunError) in throw .notConnected(.evaluate) })
}
