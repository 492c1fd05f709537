// SPDX-License-Identifier: Apache-2.0
public import Insights
public import Vocabulary

/// What was read and what was not, as one JSON object on one line.
///
/// Keys stand in a fixed order, the keys of maps in that of their bytes. `faults` counts the
/// faults by kind; `fault_list` names the first thousand of them, by file and offset.
public enum CoverageReport {
  /// Faults that `fault_list` names at most.
  public static let listedFaultCount = 1000

  /// Returns the object's bytes, with a line end.
  public static func encode(_ findings: Findings) -> [UInt8] {
    encode(findings.coverage, suppressed: findings.suppressed)
  }

  /// Returns the bytes of the object for what a run covered.
  ///
  /// Where there are rules that silence insights, `suppressed` counts the insights of each.
  public static func encode(
    _ coverage: Coverage, suppressed: [SuppressedInsights] = []
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.count("files", coverage.files)
      json.count("bytes", coverage.bytes)
      json.count("records", coverage.records)
      json.count("calls", coverage.calls)
      json.count("duplicates", coverage.duplicates)
      json.counts("not_calls", coverage.notCalls)
      json.counts("guessed", coverage.guessed)
      json.counts("faults", coverage.faultCounts)
      json.count("series", coverage.series)
      json.time("first_event_time", coverage.firstEventTime)
      json.time("last_event_time", coverage.lastEventTime)
      appendGaps(of: coverage, to: &json)
      json.counts("capped", coverage.capped)
      json.counts("notices", coverage.notices)
      appendFaults(of: coverage, to: &json)
      if !suppressed.isEmpty {
        json.key("suppressed")
        json.object { json in
          for rule in suppressed { json.count(rule.rule, rule.insights.count) }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func appendGaps(of coverage: Coverage, to json: inout JSONWriter) {
    json.key("gaps")
    json.array { json in
      for gap in coverage.sortedGaps {
        json.object { json in
          json.text("recipient_account_id", gap.recipientAccountID)
          json.text("aws_region", gap.awsRegion)
          json.text("start_time", gap.range.start.rfc3339)
          json.text("end_time", gap.range.end.rfc3339)
        }
      }
    }
  }

  private static func appendFaults(of coverage: Coverage, to json: inout JSONWriter) {
    json.key("fault_list")
    json.array { json in
      for fault in coverage.sortedFaults.prefix(listedFaultCount) {
        json.object { json in
          json.text("kind", fault.kind.rawValue)
          json.text("file", fault.file)
          json.count("offset", fault.offset)
          json.count("skipped_bytes", fault.skippedBytes)
          json.text("reason", fault.reason)
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func counts(_ name: String, _ counts: [String: Int]) {
    key(name)
    object { json in
      for (key, count) in counts.sorted(by: { utf8Less($0.key, $1.key) }) {
        json.count(key, count)
      }
    }
  }

  fileprivate mutating func time(_ name: String, _ time: Timestamp?) {
    key(name)
    if let time { string(time.rfc3339) } else { literal("null") }
  }
}
