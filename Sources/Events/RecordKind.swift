// SPDX-License-Identifier: Apache-2.0
internal import CSimdjson

/// What one JSON object of trail data is.
enum RecordKind {
  /// A call: an event that counts.
  case call
  /// A record or message that is no call, under its name in `EventBatch.notCalls`.
  case notCall(String, isRecord: Bool)
  /// Something whose records stand in a text, in base64, or in a table within it.
  case envelope
  /// An object whose records were rows of their own, and came before it.
  case container
  /// JSON that has nothing to do with trails.
  case foreign

  /// The name of records that sum calls up.
  static let aggregated = "aggregated"

  /// Tells by the fields that are there, the most telling first.
  init(_ record: Record) {
    let category = record.text(TRAIL_EVENT_CATEGORY)
    let type = record.text(TRAIL_EVENT_TYPE)
    let holdsText =
      record.has(TRAIL_NESTED_TEXT) || record.has(TRAIL_NESTED_BASE64)
      || record.has(TRAIL_QUERY_ROWS)
    if Self.isCall(record) {
      self = Self.recordKind(category: category, type: type)
    } else if category.equals("Insight") || type.equals("AwsCloudTrailInsight")
      || record.has(TRAIL_INSIGHT)
    {
      self = .notCall("insight", isRecord: true)
    } else if category.equals("Aggregated") || type.equals("AwsAggregatedEvent") {
      self = .notCall(Self.aggregated, isRecord: true)
    } else if record.has(TRAIL_DIGEST) {
      self = .notCall("digest", isRecord: false)
    } else if record.text(TRAIL_MESSAGE_TYPE).equals("CONTROL_MESSAGE") {
      self = .notCall("control", isRecord: false)
    } else if holdsText {
      self = .envelope
    } else if record.has(TRAIL_NOTICE) || Self.isQueueEvent(record) {
      self = .notCall("notification", isRecord: false)
    } else if Self.isDamagedCall(record) {
      self = .call
    } else {
      self = record.row.holds_rows ? .container : .foreign
    }
  }

  private static func isCall(_ record: Record) -> Bool {
    // What holds rows could not be read without its escapes; a queue's event is all it can be.
    record.has(TRAIL_EVENT_NAME) && record.has(TRAIL_EVENT_SOURCE)
      && !record.text(TRAIL_EVENT_SOURCE).begins(with: "aws:")
      && !(record.row.holds_rows && record.isEscaped(TRAIL_EVENT_SOURCE))
  }

  /// S3 and the queues write events with a record's keys, but sources such as `aws:s3`.
  private static func isQueueEvent(_ record: Record) -> Bool {
    record.text(TRAIL_EVENT_SOURCE).begins(with: "aws:") && !record.row.holds_rows
  }

  /// A record that lacks what a call must have, yet is meant as one.
  private static func isDamagedCall(_ record: Record) -> Bool {
    guard !record.row.holds_rows else { return false }
    let telling = [TRAIL_EVENT_VERSION, TRAIL_EVENT_TIME, TRAIL_EVENT_NAME, TRAIL_EVENT_ID]
    return telling.count { record.has($0) } >= 2
  }

  private static func recordKind(category: Span<UInt8>, type: Span<UInt8>) -> RecordKind {
    if category.equals("Management") || category.equals("Data") { return .call }
    if category.equals("NetworkActivity") || type.begins(with: "AwsVpceEvent") {
      return .notCall("network_activity", isRecord: true)
    }
    if category.equals("Insight") || type.equals("AwsCloudTrailInsight") {
      return .notCall("insight", isRecord: true)
    }
    if category.equals("Aggregated") || type.equals("AwsAggregatedEvent") {
      return .notCall(Self.aggregated, isRecord: true)
    }
    return category.isEmpty ? .call : .notCall("other_category", isRecord: true)
  }
}
