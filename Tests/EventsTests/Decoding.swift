// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import Vocabulary

/// What a decoder made of some bytes, with texts in place of symbols.
struct Decoded {
  struct Row: Equatable {
    var eventTime = 0
    var eventID: String?
    var isReadOnly = false
    var category = ""
    var account = ""
    var region = ""
    var source = ""
    var name = ""
    var errorCode = ""
    var caller = ""
    var userAgent = ""
    var sourceIP = ""
    var accessKey = ""
    var replaces: String?
  }

  var rows: [Row] = []
  var batch = EventBatch()

  var names: [String] { rows.map(\.name) }
  var faultKinds: [Fault.Kind] { batch.faults.map(\.kind) }

  init(_ text: String, file: String = "test.json") {
    self.init(bytes: Array(text.utf8), file: file)
  }

  init(bytes: [UInt8], file: String = "test.json") {
    var decoder = EventDecoder()
    decoder.decode(PaddedBuffer(bytes), origin: EventOrigin(file: file), into: &batch)
    let symbols = decoder.symbols
    rows = batch.events.map { Self.row($0, symbols, batch) }
  }

  static func row(_ event: Event, _ symbols: SymbolTable, _ batch: EventBatch) -> Row {
    func id(_ id: EventID?) -> String? { id.flatMap { $0.text ?? batch.longEventIDs[$0] } }
    return Row(
      eventTime: event.eventTime, eventID: id(event.eventID), isReadOnly: event.isReadOnly,
      category: event.eventCategory.rawValue, account: symbols[event.recipientAccountID],
      region: symbols[event.awsRegion], source: symbols[event.eventSource],
      name: symbols[event.eventName], errorCode: symbols[event.errorCode],
      caller: symbols[event.userIdentityArn], userAgent: symbols[event.userAgent],
      sourceIP: symbols[event.sourceIPAddress], accessKey: symbols[event.accessKeyID],
      replaces: id(event.replaces))
  }
}

/// A record of our own making; `changes` replaces fields, `nil` removes them.
func record(_ changes: [String: Any?] = [:]) -> [String: Any] {
  var fields: [String: Any] = [
    "eventVersion": "1.09", "eventTime": "2026-03-01T02:00:05Z",
    "eventSource": "ec2.amazonaws.com", "eventName": "RunInstances", "awsRegion": "eu-west-1",
    "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli/2.15",
    "eventID": "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05", "eventType": "AwsApiCall",
    "readOnly": false, "managementEvent": true, "eventCategory": "Management",
    "recipientAccountId": "111122223333",
    "userIdentity": [
      "type": "AssumedRole", "principalId": "AROAEXAMPLE:session",
      "arn": "arn:aws:sts::111122223333:assumed-role/Deploy/session",
      "accountId": "111122223333", "accessKeyId": "ASIAEXAMPLE",
    ] as [String: Any],
    "requestParameters": ["instancesSet": ["items": [["imageId": "ami-0"]]]],
  ]
  for (name, value) in changes { fields[name] = value }
  return fields
}

func json(_ value: Any, pretty: Bool = false) -> String {
  let options: JSONSerialization.WritingOptions =
    pretty
    ? [.prettyPrinted, .withoutEscapingSlashes, .sortedKeys]
    : [.withoutEscapingSlashes, .sortedKeys]
  let data = try? JSONSerialization.data(withJSONObject: value, options: options)
  return String(decoding: data ?? Data(), as: UTF8.self)
}

/// A number of records with the names `Call0`, `Call1` and so on.
func numbered(_ count: Int) -> [[String: Any]] {
  (0..<count).map { index in
    let digits = String(index, radix: 16)
    let tail = String(repeating: "0", count: 12 - digits.count) + digits
    return record(["eventName": "Call\(index)", "eventID": "00000000-0000-4000-8000-\(tail)"])
  }
}
