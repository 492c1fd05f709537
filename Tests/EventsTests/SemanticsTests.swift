// SPDX-License-Identifier: Apache-2.0
import Events
import Testing
import Vocabulary

@Suite("What the fields of a record mean")
struct SemanticsTests {
  private func row(_ changes: [String: Any?], file: String = "x.json") throws -> Decoded.Row {
    try #require(Decoded(json(record(changes)), file: file).rows.first)
  }

  private static let role = "arn:aws:iam::111122223333:role/path/Deploy"
  private static let callers: [(identity: [String: any Sendable]?, caller: String)] = [
    (["type": "Root", "arn": "arn:aws:iam::111122223333:root"], "arn:aws:iam::111122223333:root"),
    (
      ["type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/a/b"],
      "arn:aws:iam::111122223333:user/a/b"
    ),
    (
      ["type": "AssumedRole", "arn": "arn:aws-cn:sts::111122223333:assumed-role/R/a/b"],
      "arn:aws-cn:sts::111122223333:assumed-role/R"
    ),
    (["type": "AssumedRole", "sessionContext": ["sessionIssuer": ["arn": role]]], role),
    (
      [
        "type": "FederatedUser", "arn": "arn:aws:sts::111122223333:federated-user/f",
        "sessionContext": ["sessionIssuer": ["arn": role]],
      ], role
    ),
    (
      ["type": "SAMLUser", "identityProvider": "idp", "userName": "u", "principalId": "p"], "idp/u"
    ),
    (
      ["type": "WebIdentityUser", "identityProvider": "accounts.example", "principalId": "p"],
      "accounts.example/p"
    ),
    (
      ["type": "AWSAccount", "accountId": "444455556666", "principalId": "AIDA"],
      "AWSAccount:444455556666"
    ),
    (["type": "AWSService", "invokedBy": "ecs.amazonaws.com"], "ecs.amazonaws.com"),
    (
      [
        "type": "IdentityCenterUser",
        "onBehalfOf":
          [
            "userId": "u-1",
            "identityStoreArn": "arn:aws:identitystore::111122223333:identitystore/d",
          ],
      ],
      "arn:aws:identitystore::111122223333:identitystore/d/u-1"
    ),
    (["type": "Directory", "userName": "d", "principalId": "p"], "d"),
    (["type": "Unknown", "principalId": "p"], "p"),
    (["accountId": "111122223333", "invokedBy": "AWS Internal"], "AWS Internal"),
    (["type": "Unknown"], "Unknown"), (nil, "Unknown"),
  ]

  @Test("The caller is an ARN without session, or its stand-in", arguments: 0..<callers.count)
  func caller(index: Int) throws {
    let (identity, caller) = Self.callers[index]
    #expect(try row(["userIdentity": identity]).caller == caller)
  }

  @Test("A failed sign-in is an error with the code Failure")
  func failedSignIn() throws {
    let signIn: [String: Any?] = [
      "eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin",
    ]
    func code(_ changes: [String: Any?]) throws -> String {
      try row(signIn.merging(changes) { $1 }).errorCode
    }
    #expect(try code(["errorMessage": "Failed authentication"]) == "Failure")
    #expect(try code(["responseElements": ["ConsoleLogin": "Failure"]]) == "Failure")
    #expect(try code(["responseElements": ["ConsoleLogin": "Success"]]) == "")
    #expect(try code(["errorCode": "AccessDenied"]) == "AccessDenied")
  }

  @Test("What a record lacks is guessed and tallied")
  func guesses() throws {
    let changes: [String: Any?] = [
      "readOnly": nil as Any?, "eventCategory": nil as Any?, "managementEvent": nil as Any?,
      "recipientAccountId": nil as Any?,
    ]
    let old = record(
      ["eventVersion": "1.02", "eventSource": "s3.amazonaws.com"].merging(
        changes
      ) { $1 })
    var bytes = old
    bytes["eventName"] = "GetObject"
    let name = "logs/444455556666_CloudTrail_us-east-1_20260301T0205Z_abcdefgh.json.gz"
    let decoded = Decoded(json(bytes), file: name)
    let row = try #require(decoded.rows.first)
    #expect(row.isReadOnly && row.category == "Data" && row.account == "444455556666")
    #expect(
      decoded.batch.guessed == ["read_only": 1, "event_category": 1, "recipient_account_id": 1])
    #expect(Decoded(json(bytes)).rows.first?.account == "111122223333")
  }

  @Test("managementEvent says the category without a guess")
  func managementEvent() {
    let decoded = Decoded(json(record(["eventCategory": nil as Any?, "managementEvent": false])))
    #expect(decoded.rows.first?.category == "Data" && decoded.batch.guessed.isEmpty)
  }

  @Test(
    "Version 1.10 comes after 1.9 and must carry an identifier",
    arguments: [
      ("1.0", 0), ("1.00", 0), ("1.9", 1), ("1.10", 1), ("1.01", 1), ("x", 0),
    ])
  func versions(version: String, tally: Int) {
    let decoded = Decoded(json(record(["eventVersion": version, "eventID": nil as Any?])))
    #expect(decoded.rows.count == 1 && decoded.rows.first?.eventID == nil)
    #expect(decoded.batch.guessed["event_id"] ?? 0 == tally)
  }

  @Test("An addendum that updates data replaces another event")
  func addendum() throws {
    let update = ["reason": "UPDATED_DATA", "originalEventID": "original-1"]
    #expect(try row(["addendum": update]).replaces == "original-1")
    #expect(try row(["addendum": ["reason": "DELIVERY_DELAY"]]).replaces == nil)
  }

  @Test(
    "Identifiers of any form keep their text",
    arguments: [
      "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05", "0B1C2D3E-4F50-4A61-8B72-9C83AD94BE05", "short", "a",
      "fourteen bytes", "fifteen bytes..", "0b1c2d3e-4f50-fa61-8b72-9c83ad94be05",
    ])
  func identifiers(text: String) throws {
    #expect(try row(["eventID": text]).eventID == text)
  }

  @Test(
    "Records that are no calls are told apart",
    arguments: [
      ("insight", ["eventCategory": "Insight", "eventName": nil, "eventSource": nil], 1),
      (
        "insight", ["insightDetails": ["state": "Start"], "eventName": nil, "eventCategory": nil], 1
      ),
      ("aggregated", ["eventCategory": "Aggregated", "eventName": nil, "eventTime": nil], 1),
      ("network_activity", ["eventCategory": "NetworkActivity"], 1),
      ("network_activity", ["eventType": "AwsVpceEvent", "eventCategory": nil], 1),
      ("notification", ["eventSource": "aws:s3", "eventName": "ObjectCreated:Put"], 0),
      ("other_category", ["eventCategory": "ActivityAuditLog"], 1),
    ] as [(String, [String: (any Sendable)?], Int)])
  func notCalls(name: String, changes: [String: (any Sendable)?], records: Int) {
    let decoded = Decoded(json([record(changes.mapValues { $0 as Any? })]))
    #expect(decoded.rows.isEmpty && decoded.batch.faults.isEmpty)
    #expect(decoded.batch.notCalls == [name: 1] && decoded.batch.recordCount == records)
  }

  @Test("Digests and control messages are no calls and no faults")
  func messages() {
    let digest = ["digestS3Object": "AWSLogs/x", "logFiles": [["s3Object": "y"]]] as [String: Any]
    let control =
      ["messageType": "CONTROL_MESSAGE", "logEvents": [["message": "CWL CONTROL MESSAGE"]]]
      as [String: Any]
    let decoded = Decoded(json(digest) + json(control))
    #expect(decoded.batch.notCalls == ["digest": 1, "control": 1])
    #expect(decoded.batch.faults.isEmpty && decoded.batch.recordCount == 0)
  }

  @Test(
    "Times that cannot be are faults",
    arguments: [
      (nil, Fault.Kind.missingEventTime), ("yesterday", .missingEventTime),
      ("0001-01-01T00:00:00Z", .eventTimeOutOfRange),
      ("9999-12-31T23:59:59Z", .eventTimeOutOfRange),
      ("2026-02-30T00:00:00Z", .missingEventTime),
    ] as [(String?, Fault.Kind)])
  func times(time: String?, kind: Fault.Kind) throws {
    let good = json(record())
    let bad = json(record(["eventTime": time]))
    let decoded = Decoded("[" + good + "," + bad + "," + good + "]")
    #expect(decoded.rows.count == 2 && decoded.faultKinds == [kind])
    let fault = try #require(decoded.batch.faults.first)
    #expect(fault.offset == good.utf8.count + 2 && fault.skippedBytes == bad.utf8.count)
  }
}
