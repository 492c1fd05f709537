// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// An aggregated record as it is written, as far as counts can be made of it.
///
/// Of the templates only `API_ACTIVITY` sums up by `eventName`. The others sum up the same calls by
/// resource or by user, so that counting them, too, would count twice.
struct AggregatedRecord {
  private static let longestWindow = 24 * 60

  private(set) var eventID = ""
  private(set) var accountID = ""
  private(set) var awsRegion = ""
  private(set) var eventSource = ""
  private(set) var statistics: [QueryRows.Cell] = []
  private var windowStart = ""
  private var windowEnd = ""
  private var dimension = ""

  /// Reads a record; `nil` where it is no whole one of that template.
  init?(_ source: [UInt8]) {
    var scanner = JSONScanner(source)
    var record = Self()
    guard scanner.object({ record.read($0, &$1) }), record.dimension == "eventName",
      record.window != nil, !record.eventSource.isEmpty
    else { return nil }
    self = record
  }

  private init() {}

  /// The minutes that were summed up.
  var window: MinuteRange? {
    guard let start = Self.minute(windowStart), let end = Self.minute(windowEnd), start < end,
      end - start <= Self.longestWindow
    else { return nil }
    return MinuteRange(start: start, end: end)
  }

  private static func minute(_ text: String) -> Minute? {
    let utf8 = Array(text.utf8)
    var time = EventTime()
    return time.seconds(utf8.span).flatMap {
      EventTime.credible ~= $0 ? Minute(containingSecond: $0) : nil
    }
  }

  private mutating func read(_ key: String, _ scanner: inout JSONScanner) -> Bool {
    switch key {
    case "eventId", "eventID": Self.text(&scanner, into: &eventID)
    case "accountId", "recipientAccountId": Self.text(&scanner, into: &accountID)
    case "awsRegion": Self.text(&scanner, into: &awsRegion)
    case "eventSource": Self.text(&scanner, into: &eventSource)
    case "windowStart": Self.text(&scanner, into: &windowStart)
    case "windowEnd": Self.text(&scanner, into: &windowEnd)
    case "dimension": Self.text(&scanner, into: &dimension)
    case "timeWindow", "summary", "primaryDimension": scanner.object { read($0, &$1) }
    case "statistics": readStatistics(&scanner)
    default: scanner.skip()
    }
  }

  private mutating func readStatistics(_ scanner: inout JSONScanner) -> Bool {
    guard let cells = scanner.list(QueryRows.cell) else { return false }
    statistics = cells.compactMap { $0 }
    return true
  }

  private static func text(_ scanner: inout JSONScanner, into text: inout String) -> Bool {
    guard let string = scanner.string() else { return scanner.skip() }
    text = string
    return true
  }
}

extension EventReader {
  /// Returns what an aggregated record counts; `nil` where it is none of `API_ACTIVITY`.
  mutating func activity(of record: AggregatedRecord) -> AggregatedActivity? {
    guard let window = record.window else { return nil }
    var counts: [String: Int] = [:]
    for (name, value) in record.statistics {
      guard let count = Int(value), count > 0, count <= Int(Int32.max) else { continue }
      counts[name] = min(Int(Int32.max), counts[name, default: 0] + count)
    }
    let statistics = counts.sorted { utf8Less($0.key, $1.key) }.map {
      AggregatedActivity.Statistic(
        eventName: symbols.symbol(for: $0.key), count: Int32($0.value))
    }
    return AggregatedActivity(
      eventID: EventID(record.eventID), recipientAccountID: symbols.symbol(for: record.accountID),
      awsRegion: symbols.symbol(for: record.awsRegion),
      eventSource: symbols.symbol(for: record.eventSource), window: window, statistics: statistics)
  }
}
