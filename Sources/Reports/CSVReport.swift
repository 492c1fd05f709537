// SPDX-License-Identifier: Apache-2.0
import CSV
public import Insights
import Vocabulary

/// The insights as one CSV table: a header, then a row an insight.
///
/// RFC 4180, UTF-8, LF. Averages, shares and severities are plain decimals of at most six
/// significant digits (digits left of the point are all kept); `p_value` has an exponent and may
/// be smaller than a `Double`. Text from the logs cannot run as a formula in a spreadsheet.
public enum CSVReport {
  /// The names of the columns, in order.
  public static let columns = [
    "insight_id", "insight_type", "recipient_account_id", "aws_region", "event_category",
    "event_source", "event_name", "error_code", "state", "direction", "start_time", "end_time",
    "detected_time", "duration_minutes", "window_minutes", "baseline_average",
    "expected_average", "insight_average", "rate_change", "calls", "severity", "p_value",
    "top_user_identity_arn", "top_user_identity_share", "top_user_agent", "top_source_ip",
    "top_access_key_id", "top_error_code", "evidence_event_ids",
  ]

  /// Returns the table's bytes.
  public static func encode(_ findings: Findings) -> [UInt8] {
    var writer = CSVWriter()
    for column in columns { writer.cell(column) }
    writer.endRow()
    for insight in findings.insights {
      appendSubject(of: insight, to: &writer)
      appendTimes(of: insight, to: &writer)
      appendNumbers(of: insight, to: &writer)
      appendCauses(of: insight, to: &writer)
      writer.endRow()
    }
    return writer.bytes
  }

  private static func appendSubject(of insight: Insight, to writer: inout CSVWriter) {
    writer.cell(insight.id)
    writer.cell(insight.series.insightType.rawValue)
    writer.textCell(insight.series.recipientAccountID)
    writer.textCell(insight.series.awsRegion)
    writer.textCell(insight.series.eventCategory)
    writer.textCell(insight.series.eventSource)
    writer.textCell(insight.series.eventName)
    writer.textCell(insight.series.errorCode)
    writer.cell(insight.state.rawValue)
    writer.cell(insight.direction.rawValue)
  }

  private static func appendTimes(of insight: Insight, to writer: inout CSVWriter) {
    writer.cell(insight.start.rfc3339)
    writer.cell(insight.end?.rfc3339 ?? "")
    writer.cell(insight.detected.rfc3339)
    writer.cell(String(insight.statistics.insightMinutes))
    writer.cell(String(insight.windowMinutes))
  }

  private static func appendNumbers(of insight: Insight, to writer: inout CSVWriter) {
    let statistics = insight.statistics
    writer.cell(number(statistics.baselineAverage))
    writer.cell(number(statistics.expectedAverage))
    writer.cell(number(statistics.insightAverage))
    writer.cell(insight.rateChange.map(number) ?? "")
    writer.cell(String(statistics.calls))
    writer.cell(number(insight.severity))
    writer.cell(probabilityText(log10: insight.log10PValue))
  }

  private static func appendCauses(of insight: Insight, to writer: inout CSVWriter) {
    let identity = insight.topValue(of: .userIdentityArn)
    writer.textCell(identity?.value ?? "")
    writer.cell(identity.flatMap(insight.share).map(number) ?? "")
    for attribute in [Attribute.userAgent, .sourceIPAddress, .accessKeyId, .errorCode] {
      writer.textCell(insight.topValue(of: attribute)?.value ?? "")
    }
    writer.textCell(insight.evidenceEventIDs.joined(separator: " "))
  }

  private static func number(_ value: Double) -> String {
    plainDecimal(value, significantDigits: 6)
  }
}
