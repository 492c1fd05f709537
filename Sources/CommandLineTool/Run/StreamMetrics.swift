// SPDX-License-Identifier: Apache-2.0
import Engine
import Vocabulary

/// What a stream does, in the text format of Prometheus, for a node exporter's textfile collector.
struct StreamMetrics {
  var insightsStarted = 0
  var insightsEnded = 0
  var faults = 0

  func text(_ run: borrowing StreamRun, now: Timestamp, residentBytes: Int?) -> String {
    let coverage = run.coverage
    let lag = run.newestMinute.map { now.secondsSinceEpoch - $0 * 60 }
    let rows: [(name: String, type: String, help: String, value: Int?)] = [
      ("records_total", "counter", "CloudTrail records read.", coverage.records),
      ("events_total", "counter", "Calls counted, each once.", coverage.calls),
      ("duplicates_total", "counter", "Copies of calls dropped.", coverage.duplicates),
      ("bytes_total", "counter", "Bytes read.", coverage.bytes),
      ("faults_total", "counter", "Parts of the input that could not be read.", faults),
      ("insights_started_total", "counter", "Insights told.", insightsStarted),
      ("insights_ended_total", "counter", "Insights that ended.", insightsEnded),
      ("insights_open", "gauge", "Insights told that have not ended.", run.openInsightCount),
      ("series", "gauge", "Series with a baseline.", run.seriesCount),
      ("lag_seconds", "gauge", "Age of the newest event.", lag),
      ("memory_bytes", "gauge", "Resident memory.", residentBytes),
      ("state_bytes", "gauge", "Size of the state file.", run.stateBytes),
    ]
    return rows.compactMap { row in
      row.value.map { value in
        let name = "trail_insights_" + row.name
        return "# HELP \(name) \(row.help)\n# TYPE \(name) \(row.type)\n\(name) \(value)\n"
      }
    }.joined()
  }

  /// The resident memory of the process, by the second figure of `/proc/self/statm`.
  static var residentBytes: Int? {
    guard case .success(let bytes) = SystemCalls.read("/proc/self/statm") else { return nil }
    let figures = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return figures.count > 1 ? Int(figures[1]).map { $0 * 4096 } : nil
  }
}
