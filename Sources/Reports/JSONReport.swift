// SPDX-License-Identifier: Apache-2.0
public import Insights
public import Vocabulary

/// The insights as JSON lines of Insights records in CloudTrail's own shape.
///
/// An insight gives a `Start` record and, once it is over, an `End` record; both carry its id as
/// `sharedEventID`. What reads CloudTrail's Insights reads these: `statistics` and `attributions`
/// hold what CloudTrail puts there and nothing else. All that is ours stands in `trailInsights`,
/// beside `insightContext`.
public enum JSONReport {
  /// Returns the records of all insights, one a line, each Start before its End.
  public static func encode(_ findings: Findings) -> [UInt8] {
    findings.insights.flatMap { records(of: $0).flatMap { $0 } }
  }

  /// Returns the records of one insight, each a line: its start and, once it is over, its end.
  public static func records(of insight: Insight) -> [[UInt8]] {
    [startRecord(of: insight)] + (insight.end.map { [endRecord(of: insight, at: $0)] } ?? [])
  }

  /// Returns the line that tells of an insight's start, with the average known at detection.
  public static func startRecord(of insight: Insight) -> [UInt8] {
    let statistics = insight.statistics
    return InsightRecord(
      insight: insight, state: "Start", time: insight.start, average: statistics.startAverage,
      minutes: statistics.startMinutes
    ).line
  }

  /// Returns the line that tells of an insight's end, with the average over all of it.
  public static func endRecord(of insight: Insight, at end: Minute) -> [UInt8] {
    let statistics = insight.statistics
    return InsightRecord(
      insight: insight, state: "End", time: end, average: statistics.insightAverage,
      minutes: statistics.insightMinutes
    ).line
  }
}

/// One Insights record, keys in CloudTrail's order.
private struct InsightRecord {
  let insight: Insight
  let state: String
  let time: Minute
  let average: Double
  let minutes: Int

  var line: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.text("eventVersion", "1.09")
      json.text("eventTime", time.rfc3339)
      json.text("awsRegion", insight.series.awsRegion)
      json.text("eventID", stableGUID(of: insight.id + "/" + state))
      json.text("eventType", "AwsCloudTrailInsight")
      json.text("recipientAccountId", insight.series.recipientAccountID)
      json.text("sharedEventID", insight.id)
      json.key("insightDetails")
      json.object(appendDetails)
      json.text("eventCategory", "Insight")
    }
    json.endLine()
    return json.bytes
  }

  private func appendDetails(to json: inout JSONWriter) {
    json.text("state", state)
    json.text("eventSource", insight.series.eventSource)
    json.text("eventName", insight.series.eventName)
    json.text("insightType", insight.series.insightType.rawValue)
    if insight.series.insightType == .apiErrorRate {
      json.text("errorCode", insight.series.errorCode)
    }
    json.text("sourceEventCategory", insight.series.eventCategory)
    json.key("insightContext")
    json.object { json in
      json.key("statistics")
      json.object(appendStatistics)
      appendAttributions([.userIdentityArn, .userAgent] + errorCodeAttribute, to: &json)
    }
    json.key("trailInsights")
    json.object(appendOurs)
  }

  /// CloudTrail attributes calls to error codes in call-rate records only.
  private var errorCodeAttribute: [Attribute] {
    insight.series.insightType == .apiCallRate ? [.errorCode] : []
  }

  private func appendStatistics(to json: inout JSONWriter) {
    json.key("baseline")
    json.object { $0.decimal("average", insight.statistics.baselineAverage) }
    json.key("insight")
    json.object { $0.decimal("average", average) }
    json.count("insightDuration", minutes)
    json.count("baselineDuration", insight.statistics.baselineMinutes)
  }

  private func appendAttributions(_ attributes: [Attribute], to json: inout JSONWriter) {
    json.key("attributions")
    json.array { json in
      for attribution in attributes.compactMap(insight.attribution) {
        json.object { json in
          json.text("attribute", attribution.attribute.rawValue)
          appendValues("insight", attribution.insight, to: &json)
          appendValues("baseline", attribution.baseline, to: &json)
        }
      }
    }
  }

  private func appendValues(
    _ side: String, _ values: [Insight.Attribution.Value], to json: inout JSONWriter
  ) {
    json.key(side)
    json.array { json in
      for value in values {
        json.object { json in
          json.text("value", value.value)
          json.decimal("average", value.average)
        }
      }
    }
  }

  private func appendOurs(to json: inout JSONWriter) {
    json.text("insightId", insight.id)
    json.text("direction", insight.direction.rawValue)
    json.decimal("severity", insight.severity)
    json.key("pValue")
    let probability = probabilityText(log10: insight.log10PValue)
    json.literal(probability.isEmpty ? "null" : probability)
    json.decimal("log10PValue", insight.log10PValue)
    json.count("windowMinutes", insight.windowMinutes)
    json.decimal("expectedAverage", insight.statistics.expectedAverage)
    json.text("detectedTime", insight.detected.rfc3339)
    json.text("startTime", insight.start.rfc3339)
    if state == "End" {
      json.text("endTime", time.rfc3339)
      json.count("calls", insight.statistics.calls)
    }
    appendAttributions([.sourceIPAddress, .accessKeyId], to: &json)
    if let rule = insight.suppressedBy { json.text("suppressedBy", rule) }
    json.key("evidenceEventIds")
    json.array { json in
      for eventID in insight.evidenceEventIDs { json.string(eventID) }
    }
  }
}

extension JSONWriter {
  package mutating func text(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  mutating func count(_ name: String, _ value: Int) {
    key(name)
    integer(value)
  }

  mutating func decimal(_ name: String, _ value: Double) {
    key(name)
    number(value)
  }
}
