// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import Testing
import Vocabulary

/// Ways in which people hold records, as functions from records to bytes.
enum WrappedShape: String, CaseIterable {
  case lookupEvents, lookupPagesPasted, inlineLookup, eventBridge, subscription, subscriptionGzip
  case subscriptionDecoded, filterLogEvents, getLogEvents, tailDetailed, tailShort, tailJSON
  case tailColoured, firehose, firehoseRequest, kinesis, lakeRows, logsInsights, elastic
  case elasticFlat, elasticHits, sns, snsLambda, queue, splunk, jsonStrings

  func text(_ records: [[String: Any]]) -> String {
    let lines = records.map { json($0) }
    switch self {
    case .lookupEvents:
      return json(["Events": lookupItems(records), "NextToken": "n"], pretty: true)
    case .lookupPagesPasted:
      return records.map { json(["Events": lookupItems([$0])], pretty: true) }.joined()
    case .inlineLookup: return json(["Events": records])
    case .eventBridge:
      return records.map { json(envelope($0)) }.joined(separator: "\n")
    case .subscription: return json(["awslogs": ["data": Gzip.base64(logMessage(lines))]])
    case .subscriptionGzip:
      return json(["awslogs": ["data": Gzip.base64(Gzip.bytes(logMessage(lines)))]])
    case .subscriptionDecoded: return logMessage(lines)
    case .filterLogEvents:
      return json(["events": logItems(lines), "searchedLogStreams": []] as [String: Any])
    case .getLogEvents:
      let items = lines.map {
        ["timestamp": 1, "message": $0, "ingestionTime": 2] as [String: Any]
      }
      return json(["events": items, "nextForwardToken": "f/1"] as [String: Any])
    default: return moreText(records, lines)
    }
  }

  private func moreText(_ records: [[String: Any]], _ lines: [String]) -> String {
    let stream = "111122223333_CloudTrail_us-east-1_2"
    switch self {
    case .tailDetailed:
      return lines.map { "2026-03-01T02:00:05.123000+00:00 \(stream) \($0)\n" }.joined()
    case .tailShort: return lines.map { "2026-03-01T02:00:05 \($0)\n" }.joined()
    case .tailJSON:
      return records.map {
        "2026-03-01T02:00:05.123000+00:00 \(stream) \n" + json($0, pretty: true) + "\n"
      }.joined()
    case .tailColoured:
      return lines.map {
        "\u{1B}[32m2026-03-01T02:00:05.1+00:00\u{1B}[0m \u{1B}[36m\(stream)\u{1B}[0m \($0)\n"
      }.joined()
    case .firehose: return lines.map { logMessage([$0]) }.joined()
    case .firehoseRequest:
      let items = lines.map { ["data": Data($0.utf8).base64EncodedString()] }
      return json(["requestId": "r", "timestamp": 1, "records": items] as [String: Any])
    case .kinesis:
      let items = lines.map {
        [
          "eventSource": "aws:kinesis", "eventName": "aws:kinesis:record",
          "kinesis": ["data": Gzip.base64(logMessage([$0]))],
        ] as [String: Any]
      }
      return json(["Records": items])
    default: return lastText(records, lines)
    }
  }

  private func lastText(_ records: [[String: Any]], _ lines: [String]) -> String {
    switch self {
    case .lakeRows:
      return json(
        ["QueryStatus": "FINISHED", "QueryResultRows": lines.map { [["eventJson": $0]] }]
          as [String: Any])
    case .logsInsights:
      return json(
        [
          "status": "Complete",
          "results": lines.map {
            [["field": "@timestamp", "value": "2026"], ["field": "@message", "value": $0]]
          },
        ] as [String: Any])
    case .elastic: return lines.map { json(document($0)) }.joined(separator: "\n")
    case .elasticFlat: return lines.map { json(["event.original": $0]) }.joined(separator: "\n")
    case .elasticHits:
      return json(["hits": ["hits": lines.map { ["_id": "1", "_source": document($0)] }]])
    case .sns:
      return records.map {
        json(["Type": "Notification", "TopicArn": "arn:t", "Message": json(envelope($0))])
      }.joined()
    case .snsLambda:
      let items = lines.map {
        ["EventSource": "aws:sns", "Sns": ["Message": $0, "TopicArn": "arn:t"]] as [String: Any]
      }
      return json(["Records": items])
    case .queue:
      return json(["Records": lines.map { ["eventSource": "aws:sqs", "body": $0] }])
    case .splunk: return lines.map { json(["result": ["_raw": $0]]) }.joined(separator: "\n")
    default: return json(lines)
    }
  }

  private func lookupItems(_ records: [[String: Any]]) -> [[String: Any]] {
    records.map {
      [
        "EventId": $0["eventID"] ?? "", "EventName": $0["eventName"] ?? "", "ReadOnly": "false",
        "EventTime": 1_424_476_529.0, "CloudTrailEvent": json($0),
      ]
    }
  }

  private func logItems(_ lines: [String]) -> [[String: Any]] {
    lines.map { ["logStreamName": "s", "eventId": "1", "message": $0, "timestamp": 1] }
  }

  private func logMessage(_ lines: [String]) -> String {
    json(
      [
        "messageType": "DATA_MESSAGE", "owner": "111122223333", "logGroup": "CloudTrail",
        "logEvents": lines.map { ["id": "1", "timestamp": 1, "message": $0] as [String: Any] },
      ]
        as [String: Any])
  }

  private func envelope(_ record: [String: Any]) -> [String: Any] {
    [
      "version": "0", "id": "1", "detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2",
      "account": "111122223333", "time": "2026-03-01T02:00:05Z", "resources": [], "detail": record,
    ]
  }

  private func document(_ line: String) -> [String: Any] {
    [
      "@timestamp": "2026-03-01T02:00:05Z", "event": ["original": line, "kind": "event"],
      "message": line,
    ]
  }
}

/// Gzip of stored blocks, so that tests need no compressor.
enum Gzip {
  static func bytes(_ content: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = content[...]
    repeat {
      let block = rest.prefix(65535)
      rest = rest.dropFirst(block.count)
      let length = UInt16(block.count)
      out.append(rest.isEmpty ? 1 : 0)
      for value in [length, ~length] { out += [UInt8(value & 255), UInt8(value >> 8)] }
      out += block
    } while !rest.isEmpty
    for value in [crc(content), UInt32(truncatingIfNeeded: content.count)] {
      for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }
    return out
  }

  static func bytes(_ text: String) -> [UInt8] { bytes(Array(text.utf8)) }
  static func base64(_ text: String) -> String { base64(Array(text.utf8)) }
  static func base64(_ content: [UInt8]) -> String { Data(bytes(content)).base64EncodedString() }

  private static func crc(_ content: [UInt8]) -> UInt32 {
    var value: UInt32 = ~0
    for byte in content {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}

@Suite("Records wrapped in other shapes")
struct WrappedShapeTests {
  @Test("The same events are read, whatever the shape", arguments: WrappedShape.allCases)
  func sameEvents(shape: WrappedShape) {
    let records = numbered(5) + [record(["userAgent": "quote \" slash \\ é 😀", "eventID": "odd"])]
    let decoded = Decoded(shape.text(records))
    #expect(decoded.rows == records.compactMap { oracleRow($0, account: nil) })
    #expect(decoded.batch.faults.isEmpty)
    #expect(decoded.batch.recordCount == 6)
    #expect(decoded.batch.guessed.isEmpty && decoded.batch.notCalls.isEmpty)
  }

  @Test("All shapes in one file")
  func mixture() {
    let records = numbered(3)
    let shapes = WrappedShape.allCases
    let text = shapes.map { $0.text(records) }.joined(separator: "\n")
    let expected = records.compactMap { oracleRow($0, account: nil) }
    let decoded = Decoded(text)
    #expect(decoded.rows == Array(repeating: expected, count: shapes.count).flatMap { $0 })
    #expect(decoded.batch.faults.isEmpty)
  }

  @Test("Notices, probes and foreign messages are told apart")
  func otherMessages() {
    let notice = json(["s3Bucket": "b", "s3ObjectKey": ["AWSLogs/x.json.gz"]])
    let sns = json(["Type": "Notification", "TopicArn": "arn:t", "Message": notice])
    #expect(Decoded(sns).batch.notCalls == ["notification": 1])
    let confirm = json([
      "Type": "SubscriptionConfirmation", "TopicArn": "t", "Message": "You chose",
    ])
    #expect(Decoded(confirm).batch.notCalls == ["notification": 1])
    #expect(Decoded(sns + confirm).batch.faults.isEmpty)
    let foreign = json(["events": [["message": "GET / 200", "ingestionTime": 1] as [String: Any]]])
    #expect(Decoded(foreign + json(record())).faultKinds == [.notTrailData])
  }

  @Test("A wrapped record that is damaged is a fault at its wrapper")
  func damagedInside() {
    let item = json(["Events": [["CloudTrailEvent": "{\"eventVersion\":\"1.08\",\"eventNa"]]])
    let decoded = Decoded(json(record()) + "\n" + item)
    #expect(decoded.rows.count == 1 && decoded.faultKinds == [.truncatedJSON])
    #expect(decoded.batch.faults.first?.offset == json(record()).utf8.count + 12)
  }

  @Test("Texts within texts without end are given up")
  func endlessNesting() {
    var text = json(record())
    for _ in 0..<12 { text = json(["message": text]) }
    #expect(Decoded(text + json(record())).rows.count == 1)
  }
}
