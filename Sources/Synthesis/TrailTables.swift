// SPDX-License-Identifier: Apache-2.0
import CSV
import Vocabulary

extension SyntheticTrail {
  /// Returns the labels as CSV, with the key columns of the insights report.
  public func labelsCSV() -> [UInt8] {
    var writer = CSVWriter()
    writeRow(keyColumns + ["start_time", "end_time", "family", "culprit_arn"], &writer)
    let sorted = labels.sorted { ($0.start, $0.series) < ($1.start, $1.series) }
    for label in sorted {
      writeRow(
        cells(label.series) + [
          label.start.rfc3339, label.end.rfc3339, label.family.rawValue, label.culpritARN,
        ], &writer)
    }
    return writer.bytes
  }

  /// Returns the lures as CSV; the key columns are empty where a lure is the whole trail's.
  public func luresCSV() -> [UInt8] {
    var writer = CSVWriter()
    writeRow(["kind"] + keyColumns + ["start_time", "end_time"], &writer)
    for lure in lures {
      let key = lure.seriesIndex.map { cells(plan.series[$0].key) }
      writeRow(
        [lure.kind.rawValue] + (key ?? keyColumns.map { _ in "" })
          + [lure.start.rfc3339, lure.end.rfc3339], &writer)
    }
    return writer.bytes
  }

  private var keyColumns: [String] {
    [
      "insight_type", "recipient_account_id", "aws_region", "event_category", "event_source",
      "event_name", "error_code",
    ]
  }

  private func cells(_ key: SeriesKey) -> [String] {
    [
      key.insightType.rawValue, key.recipientAccountID, key.awsRegion, key.eventCategory,
      key.eventSource, key.eventName, key.errorCode,
    ]
  }

  private func writeRow(_ cells: [String], _ writer: inout CSVWriter) {
    for cell in cells { writer.textCell(cell) }
    writer.endRow()
  }
}
