// SPDX-License-Identifier: Apache-2.0
import CSV
import Reports

/// What every column of an export means, as a table of its own.
public enum DataDictionary {
  /// The file's name in the folder of the export.
  public static let fileName = "data-dictionary.csv"

  /// Returns the table: a row for each table and column.
  public static func encode() -> [UInt8] {
    var csv = CSVWriter()
    for column in ["table", "column", "type", "meaning"] { csv.cell(column) }
    csv.endRow()
    for table in ExportTable.allCases {
      for column in columns(of: table) {
        let entry = entry(column, in: table)
        csv.cell(table.rawValue)
        csv.cell(column)
        csv.cell(entry.type)
        csv.cell(entry.meaning)
        csv.endRow()
      }
    }
    return csv.bytes
  }

  /// The columns of a table, in its order.
  static func columns(of table: ExportTable) -> [String] {
    switch table {
    case .counts: ["minute"] + ExportTable.seriesColumns + ["count"]
    case .baselines: BaselineRows.baselineColumns
    case .scores: BaselineRows.scoreColumns
    case .insights: CSVReport.columns
    case .attributions: InsightTables.attributionColumns
    case .evidence: InsightTables.evidenceColumns
    }
  }

  static func entry(_ column: String, in table: ExportTable) -> (type: String, meaning: String) {
    special[table.rawValue + "." + column] ?? common[column] ?? ("", "")
  }

  /// Columns whose meaning hangs on the table.
  private static let special = [
    "baselines.start_time": ("time", "first minute of the half hour, UTC"),
    "baselines.minutes": ("integer", "minutes in the row; fewer than 30 only at the end"),
    "baselines.count": ("integer", "events in the row's minutes"),
    "baselines.expected": ("number", "events that the smooth rates expected in them"),
    "scores.minute": ("time", "last minute of the window, UTC"),
    "scores.count": ("integer", "events in the window"),
    "scores.expected": ("number", "events expected in it, scheduled bursts with them"),
    "scores.window_minutes": ("integer", "length of the window that stood out most"),
    "attributions.average": ("number", "events per minute with the value"),
  ]

  private static let common = [
    "minute": ("time", "minute of eventTime, UTC"),
    "insight_type": ("text", "ApiCallRateInsight counts calls, ApiErrorRateInsight errors"),
    "recipient_account_id": ("text", "account in whose trail the events are; twelve digits"),
    "aws_region": ("text", "Region of the call"),
    "event_category": ("text", "Management or Data"),
    "event_source": ("text", "service, such as ec2.amazonaws.com"),
    "event_name": ("text", "API operation"),
    "error_code": ("text", "error that the series counts; empty for call rates"),
    "count": ("integer", "events"),
    "lower": ("integer", "fewest usual events: fewer have a chance below 1 in 1000"),
    "upper": ("integer", "most usual events: more have a chance below 1 in 1000"),
    "log10_p_value": ("number", "log10 of the chance of so many events or more"),
    "evidence": ("number", "-log10 of that chance after the series' own tail was allowed for"),
    "insight_id": ("text", "the same data gives the same identifier"),
    "state": ("text", "open or ended"),
    "direction": ("text", "above or below what is usual"),
    "start_time": ("time", "first minute of the unusual activity, UTC"),
    "end_time": ("time", "first minute at which it was over; empty while it is open"),
    "detected_time": ("time", "minute after which it could be known"),
    "duration_minutes": ("integer", "minutes from start to end"),
    "window_minutes": ("integer", "window in which it stood out most"),
    "baseline_average": ("number", "events per minute in the 7 days before the start"),
    "expected_average": ("number", "events per minute expected at this hour of this weekday"),
    "insight_average": ("number", "events per minute while it lasted"),
    "rate_change": ("number", "insight_average / baseline_average; empty where that is 0"),
    "calls": ("integer", "events in it"),
    "severity": ("number", "0 to 100, comparable across series"),
    "p_value": ("number", "chance of such a window under the baseline, before any correction"),
    "top_user_identity_arn": ("text", "caller that grew most over its baseline"),
    "top_user_identity_share": ("number", "share of the events that are the caller's, 0 to 1"),
    "top_user_agent": ("text", "agent that grew most"),
    "top_source_ip": ("text", "address that grew most"),
    "top_access_key_id": ("text", "access key that grew most"),
    "top_error_code": ("text", "error code that grew most; null is success"),
    "evidence_event_ids": ("text", "up to five event identifiers, separated by spaces"),
    "attribute": ("text", "field of the events by which they are told apart"),
    "side": ("text", "insight or baseline"),
    "rank": ("integer", "1 is the value that grew most, or the largest of the baseline"),
    "value": ("text", "value of the attribute"),
    "event_id": ("text", "eventID of an event that shows the insight"),
    "file": ("text", "path of the file that it stands in; empty where not known"),
  ]
}
