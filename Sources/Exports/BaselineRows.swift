// SPDX-License-Identifier: Apache-2.0
import CSV
import Reports
public import Scores
public import Vocabulary

/// The rows of `baselines.csv` and `scores.csv`: what was expected, and which minutes stood out.
///
/// Rows come series by series and day by day; each of the two tables is taken away in pieces.
public struct BaselineRows {
  /// A minute whose strongest window stood out.
  public typealias Standout = (minute: Int, window: ScoredWindow)

  private var baselines = CSVWriter()
  private var scores = CSVWriter()

  static let minutesPerRow = 30
  static let baselineColumns =
    ["start_time"] + ExportTable.seriesColumns + ["minutes", "count", "expected", "lower", "upper"]
  static let scoreColumns =
    ["minute"] + ExportTable.seriesColumns + [
      "window_minutes", "count", "expected", "log10_p_value", "evidence",
    ]

  /// Creates tables of their headers alone.
  public init() {
    for column in Self.baselineColumns { baselines.cell(column) }
    baselines.endRow()
    for column in Self.scoreColumns { scores.cell(column) }
    scores.endRow()
  }

  /// Adds a day of a series.
  ///
  /// - Parameters:
  ///   - series: what is counted.
  ///   - scorer: the series' scorer for the day.
  ///   - end: the minute behind the last with data.
  ///   - standouts: the day's minutes in which a window stood out, by time.
  public mutating func add(
    _ series: SeriesKey, scorer: WindowScorer, until end: Int, standouts: [Standout]
  ) {
    let last = min(scorer.dayStart + Minute.minutesPerDay, end)
    for start in stride(from: scorer.dayStart, to: last, by: Self.minutesPerRow) {
      let stop = min(start + Self.minutesPerRow, last)
      let usual = scorer.usualCounts(from: start, to: stop)
      baselines.cell(Minute(sinceEpoch: start).rfc3339)
      Self.append(series, to: &baselines)
      baselines.cell(String(stop - start))
      baselines.cell(String(scorer.count(from: start, to: stop)))
      baselines.cell(Self.number(scorer.expected(from: start, to: stop)))
      baselines.cell(String(usual.lowerBound))
      baselines.cell(String(usual.upperBound))
      baselines.endRow()
    }
    for (minute, window) in standouts {
      scores.cell(Minute(sinceEpoch: minute).rfc3339)
      Self.append(series, to: &scores)
      scores.cell(String(window.minutes))
      scores.cell(String(window.count))
      scores.cell(Self.number(window.expected))
      scores.cell(Self.number(window.log10PValue))
      scores.cell(Self.number(window.evidence))
      scores.endRow()
    }
  }

  /// Takes the rows so far away, table by table; empty pieces may be among them.
  public mutating func takePieces() -> [(table: ExportTable, bytes: [UInt8])] {
    [(.baselines, baselines.takeBytes()), (.scores, scores.takeBytes())]
  }

  /// Bytes that wait to be taken.
  public var waiting: Int { baselines.bytes.count + scores.bytes.count }

  private static func append(_ series: SeriesKey, to csv: inout CSVWriter) {
    csv.cell(series.insightType.rawValue)
    csv.textCell(series.recipientAccountID)
    csv.textCell(series.awsRegion)
    csv.textCell(series.eventCategory)
    csv.textCell(series.eventSource)
    csv.textCell(series.eventName)
    csv.textCell(series.errorCode)
  }

  static func number(_ value: Double) -> String { plainDecimal(value, significantDigits: 9) }
}
