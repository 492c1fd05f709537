// SPDX-License-Identifier: Apache-2.0
public import Insights
import Vocabulary

/// Rules that silence known noise.
///
/// A rule is `{"name":…, "reason":…, "pattern":{…}, "expires":…}`; a file holds rules one after
/// another, or in arrays. The pattern is held against the insight's records as the JSON report
/// writes them, and as EventBridge delivers them: a pattern may begin with `insightDetails`, or
/// with `detail`, `detail-type` and `source` around it.
///
/// An insight is silenced by the first rule that matches one of its records, its Start or its End.
/// A rule holds for insights that start before it expires: a run over last year gives what it gave
/// then.
public struct SuppressionRules: Sendable {
  /// Why a file holds no rules, and where.
  public struct Failure: Error, Equatable {
    /// The first line is 1.
    public let line: Int
    /// In characters; the first is 1.
    public let column: Int
    /// One clause for a person.
    public let reason: String
  }

  private let rules: [SuppressionRule]

  /// Reads rules.
  public init(parsing bytes: [UInt8]) throws(Failure) {
    do throws(JSONParser.Failure) {
      rules = try SuppressionRule.parseAll(bytes)
    } catch {
      throw Failure(error, in: bytes)
    }
  }

  /// Takes the insights that a rule matches out of the findings and puts them under the rule.
  ///
  /// - Parameters:
  ///   - findings: of a run, nothing of it silenced yet.
  ///   - records: gives the records of an insight, each as the bytes of one JSON object.
  public func apply(to findings: inout Findings, records: (Insight) -> [[UInt8]]) {
    var silenced: [[Insight]] = Array(repeating: [], count: rules.count)
    findings.insights.removeAll { insight in
      let events = records(insight).compactMap { record in
        var parser = JSONParser(record)
        return (try? parser.next())?.inEnvelope
      }
      guard let rule = rules.firstIndex(where: { $0.silences(insight, events: events) }) else {
        return false
      }
      var insight = insight
      insight.suppressedBy = rules[rule].name
      silenced[rule].append(insight)
      return true
    }
    findings.suppressed = zip(rules, silenced).map { rule, insights in
      SuppressedInsights(
        rule: rule.name, reason: rule.reason, expires: rule.expires, insights: insights)
    }
  }
}

extension SuppressionRules.Failure {
  fileprivate init(_ failure: JSONParser.Failure, in bytes: [UInt8]) {
    let before = bytes.prefix(failure.offset)
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    line = 1 + before.count { $0 == 10 }
    column = 1 + String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count
    reason = failure.reason
  }
}

extension JSONNode {
  /// The record with the fields beside it that EventBridge puts around it.
  fileprivate var inEnvelope: JSONNode {
    guard case .object(let members) = value else { return self }
    func text(_ text: String) -> JSONNode { JSONNode(value: .string(text), offset: 0) }
    let envelope: [(String, JSONNode?)] = [
      ("version", text("0")), ("id", self["eventID"]),
      ("detail-type", text("AWS Insight via CloudTrail")), ("source", text("aws.cloudtrail")),
      ("account", self["recipientAccountId"]), ("time", self["eventTime"]),
      ("region", self["awsRegion"]), ("resources", JSONNode(value: .array([]), offset: 0)),
      ("detail", self),
    ]
    let around = envelope.compactMap { name, node in
      node.map { Member(name: name, offset: 0, node: $0) }
    }
    return JSONNode(value: .object(members + around), offset: 0)
  }
}
