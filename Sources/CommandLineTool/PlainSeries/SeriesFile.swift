// SPDX-License-Identifier: Apache-2.0
import Engine
import Reports
import Scores

/// Scores the rows of one file.
struct SeriesFile {
  private var table: PlainTable
  private var scoring = SeriesScoring()
  private var lastTime: Int?
  private(set) var faults = RowFaults()

  init(_ bytes: [UInt8]) {
    table = PlainTable(bytes)
  }

  /// Whether the header lacks one of the two columns.
  var lacksColumns: Bool { table.lacksColumns }

  /// Appends one row for each row of the file.
  mutating func score(into sink: inout ScoreSink) throws(RunError) {
    var rowCount = 0
    while let row = table.next() {
      sink.table.add(row, score(row))
      rowCount += 1
      if rowCount % 4096 == 0 { try sink.flush() }
    }
  }

  private mutating func score(_ row: PlainTable.Row) -> ScoredValue? {
    guard let time = row.milliseconds else {
      faults.note(.badTime, line: row.line, "\(ErrorText.quoted(row.timestamp)) is no time")
      return nil
    }
    defer { lastTime = time }
    guard let value = row.number else {
      faults.note(.badValue, line: row.line, Self.reason(row.value))
      return nil
    }
    if let lastTime, time <= lastTime {
      let place = time == lastTime ? "at the time of" : "before"
      faults.note(
        .outOfOrder, line: row.line,
        "\(ErrorText.quoted(row.timestamp)) is \(place) the row above")
      return nil
    }
    noteGap(row, time)
    return scoring.score(value, atMilliseconds: time)
  }

  private static func reason(_ value: String) -> String {
    value.allSatisfy { $0 == " " } ? "no value" : "\(ErrorText.quoted(value)) is no number"
  }

  private mutating func noteGap(_ row: PlainTable.Row, _ time: Int) {
    guard let lastTime, let step = scoring.stepMilliseconds, time - lastTime != step else {
      return
    }
    let steps = Double(time - lastTime) / Double(step)
    // Clocks jitter: a row is missing from one and a half steps on, and odd from half a step down.
    guard steps >= 1.5 || steps <= 0.5 else { return }
    faults.note(
      .gap, line: row.line,
      "\(Self.seconds(time - lastTime)) after the row above, where \(Self.seconds(step)) is usual")
  }

  private static func seconds(_ milliseconds: Int) -> String {
    plainDecimal(Double(milliseconds) / 1000, significantDigits: 6) + " s"
  }
}
