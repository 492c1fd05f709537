// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Engine
import Exports
import Insights
import Scores
import Vocabulary

/// Finds insights in counts and writes all that was learnt on the way as tables.
struct ExportCall {
  let run: BatchRun
  /// Takes what rules silence out of the findings.
  let silence: (inout Findings) -> Void

  /// Rows that wait are written from so many bytes on.
  private static let pieceLength = 1 << 20

  /// Writes all tables; the insights are those that are known, or else found on the way.
  func write(
    _ counted: (history: CountHistory, coverage: Coverage), findings known: Findings? = nil,
    with writeFile: EngineCalls.WriteFile
  ) throws(RunError) -> Findings {
    let history = counted.history
    try CountsWriter(history).writeCounts { (bytes: [UInt8]) throws(RunError) in
      try writeFile(ExportTable.counts.fileName, bytes)
    }
    var rows = BaselineRows()
    var failure: RunError?
    var model = run.options.model
    let learnt = withoutActuallyEscaping(writeFile) { writeFile in
      run.detect(history: history, coverage: counted.coverage) { index, scorer, end, standouts in
        rows.add(
          history.series[index].key, scorer: scorer, until: end, standouts: standouts)
        guard failure == nil, rows.waiting > Self.pieceLength else { return }
        failure = Self.write(&rows, with: writeFile)
      } learn: { evidence in
        model.spread = evidence.posterior(model.spread)
      }
    }
    if let failure = failure ?? Self.write(&rows, with: writeFile) { throw failure }
    var findings = known ?? learnt
    silence(&findings)
    for (table, bytes) in InsightTables.encode(findings) { try writeFile(table.fileName, bytes) }
    try writeFile(DataDictionary.fileName, DataDictionary.encode())
    let name = "learnt from \(history.series.count) series"
    try writeFile(ModelFile.fileName, ModelFile(model.rounded, name: name).encoded())
    return findings
  }

  /// Writes the rows that wait; gives back why it could not.
  private static func write(
    _ rows: inout BaselineRows, with writeFile: EngineCalls.WriteFile
  ) -> RunError? {
    do throws(RunError) {
      for (table, bytes) in rows.takePieces() { try writeFile(table.fileName, bytes) }
      return nil
    } catch {
      return error
    }
  }
}
