// SPDX-License-Identifier: Apache-2.0
import Evaluation
import FoundationEssentials
import Vocabulary

/// Reads the tables of `evaluate`, compares them, and says the result.
struct EvaluationCall {
  private let input: EngineCalls.EvaluationInput

  init(_ input: EngineCalls.EvaluationInput) {
    self.input = input
  }

  func run() throws(RunError) -> String {
    let evaluation = DetectionQuality(
      insights: try rows(readInsights(input.insights), of: "the insights"),
      labels: try rows(readLabels(input.labels), of: "the labels"),
      lures: try input.lures.map { bytes throws(RunError) in
        try rows(readLures(bytes), of: "the lures")
      } ?? [],
      extent: try input.coverage.map { bytes throws(RunError) in try extent(bytes) })
    return input.printsJSON ? evaluation.json() + "\n" : evaluation.render()
  }

  /// A judgement on half a table would be wrong, so the first bad row ends it.
  private func rows<Row>(_ table: TableContent<Row>, of name: String) throws(RunError) -> [Row] {
    if let error = table.errors.first {
      throw .cannotRead(path: name, reason: "line \(error.line): \(error.reason)")
    }
    return table.rows
  }

  private struct CoverageFigures: Decodable {
    var series: Int
    var first_event_time: String?
    var last_event_time: String?
  }

  private func extent(_ bytes: [UInt8]) throws(RunError) -> Extent {
    guard let figures = try? JSONDecoder().decode(CoverageFigures.self, from: Data(bytes)) else {
      throw .cannotRead(path: "the coverage", reason: "it is no coverage report")
    }
    let first = figures.first_event_time.flatMap { Timestamp(rfc3339: $0) }
    let last = figures.last_event_time.flatMap { Timestamp(rfc3339: $0) }
    let seconds = first.flatMap { first in
      last.map { $0.secondsSinceEpoch - first.secondsSinceEpoch }
    }
    return Extent(weeks: Double(seconds ?? 0) / 604_800, seriesCount: figures.series)
  }
}
