// SPDX-License-Identifier: Apache-2.0
import CSV
import Engine
import Scores

/// The table that `score` writes: the rows as they came, and what the model says of each.
struct ScoreTable {
  private var writer = CSVWriter()

  init() {
    writer.cell("timestamp,value,expected,lower,upper,anomaly_score".split(separator: ","))
  }

  mutating func takeBytes() -> [UInt8] { writer.takeBytes() }

  /// Appends a row; without a score its last four cells are empty.
  mutating func add(_ row: PlainTable.Row, _ score: ScoredValue?) {
    writer.textOrNumber(row.timestamp, isNumber: row.milliseconds != nil)
    writer.textOrNumber(row.value, isNumber: row.number != nil)
    guard let score else {
      writer.cell(["", "", "", ""])
      return
    }
    for number in [score.expected, score.lower, score.upper] {
      writer.cell(shortDecimal(number))
    }
    writer.cell(shortDecimal((score.anomalyScore * 1e4).rounded() / 1e4))
    writer.endRow()
  }
}

extension CSVWriter {
  fileprivate mutating func cell(_ row: [some StringProtocol]) {
    for text in row { cell(text) }
    endRow()
  }

  /// A number keeps its sign as it is; other text must not run as a formula.
  fileprivate mutating func textOrNumber(_ text: String, isNumber: Bool) {
    if isNumber { cell(text) } else { textCell(text) }
  }
}
