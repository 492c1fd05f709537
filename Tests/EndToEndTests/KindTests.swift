// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What lies beside calls is told as what it is, and is no fault.
@Suite struct KindTests {
  private static let insight =
    #"{"eventVersion":"1.07","eventCategory":"Insight","eventType":"AwsCloudTrailInsight","#
    + #""eventTime":"2026-03-01T02:00:00Z","insightDetails":{"state":"Start"}}"#
  private static let network =
    #"{"eventVersion":"1.09","eventCategory":"NetworkActivity","eventType":"AwsVpceEvent","#
    + #""eventTime":"2026-03-01T02:00:00Z","eventSource":"kms.amazonaws.com","eventName":"Decrypt","#
    + #""errorCode":"VpceAccessDenied","eventID":"n","vpcEndpointId":"vpce-1"}"#

  private static func quoted(_ json: String) -> String {
    "\"" + json.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// Documents, with the kind and how many records they hold.
  private static let documents: [(String, kind: String, records: Int)] = [
    (#"{"Records":["# + insight + "]}", "insight", 1),
    (#"{"Events":[{"EventId":"1","CloudTrailEvent":"# + quoted(insight) + "}]}", "insight", 1),
    (#"{"detail-type":"AWS Insight via CloudTrail","detail":"# + insight + "}", "insight", 1),
    (#"{"insightState":"Start","insightEventName":"X","insightContext":{}}"#, "insight", 1),
    (network, "network_activity", 1),
    (
      #"{"detail-type":"AWS Network Activity Event via CloudTrail","detail":"# + network + "}",
      "network_activity", 1
    ),
    (
      #"{"eventCategory":"Aggregated","eventId":"a","accountId":"1","summary":{}}"#, "aggregated", 1
    ),
    (#"{"digestS3Object":"AWSLogs/x","logFiles":[{"s3Object":"y"}]}"#, "digest", 0),
    (#"{"queryId":"q","files":[{"fileName":"result_1.csv.gz"}],"hashSignature":"s"}"#, "digest", 0),
    (
      #"{"messageType":"CONTROL_MESSAGE","logEvents":[{"message":"CWL CONTROL MESSAGE: x"}]}"#,
      "control", 0
    ),
    (
      #"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","#
        + #""eventTime":"2026-03-01T02:00:00Z","s3":{"bucket":{"name":"b"}}}]}"#, "notification", 0
    ),
    (
      #"{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{"name":"b"},"#
        + #""object":{"key":"k"},"source-ip-address":"192.0.2.1"}}"#, "notification", 0
    ),
    (
      #"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b","HostId":"h"}"#, "notification",
      0
    ),
    (#"{"s3Bucket":"b","s3ObjectKey":["AWSLogs/x.json.gz"]}"#, "notification", 0),
    (
      #"{"Type":"Notification","TopicArn":"t","Message":"{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"k\"]}"}"#,
      "notification", 0
    ),
    (
      #"{"Type":"SubscriptionConfirmation","TopicArn":"t","Message":"You have"}"#, "notification", 0
    ),
  ]

  @Test(arguments: documents)
  func `each is counted as what it is`(document: String, kind: String, records: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(document.utf8), to: "x.json")
    for input in ["x.json", "-"] {
      let run = try Tool.run(
        ["count", "--coverage", "c.json", input], in: folder, input: Array(document.utf8))
      #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
      #expect(run.out.split(separator: "\n").count == 1)
      let coverage = try folder.text("c.json")
      #expect(coverage.contains("\"records\":\(records),\"calls\":0,"), "\(coverage)")
      #expect(coverage.contains("\"not_calls\":{\"\(kind)\":1}"), "\(coverage)")
    }
  }

  private static let detailTypes = [
    "AWS API Call via CloudTrail", "AWS Console Signin via CloudTrail",
    "AWS Console Sign In via CloudTrail", "AWS Console Action via CloudTrail",
    "AWS Service Event via CloudTrail",
  ]

  @Test(arguments: detailTypes)
  func `envelopes of calls hold calls`(type: String) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: Shapes.path("lines.jsonl")))
    let envelopes = String(decoding: whole, as: UTF8.self).split(separator: "\n").map {
      "{\"version\":\"0\",\"detail-type\":\"\(type)\",\"source\":\"aws.ec2\",\"detail\":\($0)}"
    }
    let run = try Tool.run(["count", "-"], input: Array(envelopes.joined().utf8))
    #expect(run.status == 0 && run.out == Shapes.counts)
  }

  @Test func `the faults add up to what the coverage says`() throws {
    let folder = try TemporaryFolder()
    let line = #"{"eventVersion":"1.08","eventName":"X","eventSource":"s","eventTime":"no"}"#
    let text =
      Array(repeating: line, count: 1200).joined(separator: "\n") + "\n{\"a\":1}\n{\"eventTime"
    try folder.write(Array(text.utf8), to: "a.jsonl")
    try folder.write([], to: "b.json")
    let run = try Tool.run(
      ["count", "--faults", "f.csv", "--coverage", "c.json", "a.jsonl", "b.json"], in: folder)
    #expect(run.status == 3)
    let coverage = try folder.text("c.json")
    let faults = try #require(coverage.firstMatch(of: /"faults":{([^}]*)}/)).1
    let told = faults.split(separator: ",").compactMap { Int($0.split(separator: ":").last ?? "") }
    let rows = try folder.text("f.csv").split(separator: "\n").dropFirst()
    let counted = rows.map { row in
      // Rows beyond what is kept one by one say how many they stand for.
      row.firstMatch(of: /(\d+) more/).flatMap { Int($0.1) } ?? 1
    }
    #expect(told.reduce(0, +) == counted.reduce(0, +), "\(faults) \(rows.suffix(3))")
    #expect(told.reduce(0, +) == 1203, "\(faults)")
  }
}
