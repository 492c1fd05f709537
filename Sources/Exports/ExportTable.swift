// SPDX-License-Identifier: Apache-2.0

/// The tables of an export, each a file of CSV with one thing a row.
public enum ExportTable: String, CaseIterable, Sendable {
  case counts, baselines, scores, insights, attributions, evidence

  /// The file's name in the folder of the export.
  public var fileName: String { rawValue + ".csv" }

  /// The names of the columns that tell a series, in every table of counts.
  static let seriesColumns = [
    "insight_type", "recipient_account_id", "aws_region", "event_category", "event_source",
    "event_name", "error_code",
  ]
}
