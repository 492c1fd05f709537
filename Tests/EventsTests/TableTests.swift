// SPDX-License-Identifier: Apache-2.0
import Events
import Testing
import Vocabulary

@Suite("Events in tables")
struct TableTests {
  static let historyHeader =
    "User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,"
    + "User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,"
    + "Recipient Account Id,Event category\n"
  static let historyRow =
    "alice,AKIAEXAMPLE,2026-03-01T02:00:05Z,iam.amazonaws.com,CreateUser,us-east-1,192.0.2.7,"
    + "\"[agent, \"\"x\"\"]\",AccessDenied,\"[{\"\"resourceType\"\":\"\"AWS::IAM::User\"\"}]\",r-1,"
    + "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05,false,AwsApiCall,111122223333,Management\n"

  @Test("The console's Event history", arguments: ["", "\u{FEFF}"])
  func eventHistory(mark: String) {
    let decoded = Decoded(mark + Self.historyHeader + Self.historyRow + Self.historyRow)
    let row = Decoded.Row(
      eventTime: 1_772_330_405, eventID: "0b1c2d3e-4f50-4a61-8b72-9c83ad94be05", isReadOnly: false,
      category: "Management", account: "111122223333", region: "us-east-1",
      source: "iam.amazonaws.com", name: "CreateUser", errorCode: "AccessDenied", caller: "alice",
      userAgent: "[agent, \"x\"]", sourceIP: "192.0.2.7", accessKey: "AKIAEXAMPLE", replaces: nil)
    #expect(decoded.rows == [row, row])
    #expect(decoded.batch.faults.isEmpty)
    #expect(decoded.batch.guessed == ["user_identity_arn": 2])
    #expect(decoded.batch.notices == ["event_history_csv": 2])
  }

  @Test("Lake's results as CSV, with the whole record in a column or not")
  func lake() {
    let quoted = json(record()).replacing("\"", with: "\"\"")
    let whole = Decoded("eventid,eventjson\nx,\"\(quoted)\"\n")
    #expect(whole.rows == [oracleRow(record(), account: nil)])
    let some = Decoded(
      "eventTime,eventName,eventSource,awsRegion,recipientAccountId,userIdentity.arn,readOnly\n"
        + "2026-03-01 02:00:05.000,RunInstances,ec2.amazonaws.com,eu-west-1,111122223333,"
        + "arn:aws:sts::111122223333:assumed-role/Deploy/s,false\n")
    #expect(some.rows.first?.caller == "arn:aws:sts::111122223333:assumed-role/Deploy")
    #expect(some.rows.first?.eventTime == 1_772_330_405)
  }

  @Test("Athena's results, with the identity as a Presto row")
  func athena() {
    let identity =
      "{type=AssumedRole, principalid=AROA:s, arn=arn:aws:sts::111122223333:assumed-role/Deploy/s, "
      + "accountid=111122223333, invokedby=null, accesskeyid=ASIAEXAMPLE, username=null, "
      + "sessioncontext={attributes={creationdate=2026}, sessionissuer={arn=arn:aws:iam::1:role/x}}}"
    let decoded = Decoded(
      "\"eventversion\",\"useridentity\",\"eventtime\",\"eventsource\",\"eventname\",\"readonly\","
        + "\"recipientaccountid\",\"eventid\"\n\"1.08\",\"\(identity)\",\"2026-03-01T02:00:05Z\","
        + "\"ec2.amazonaws.com\",\"RunInstances\",\"false\",\"111122223333\",\"e-1\"\n")
    let row = decoded.rows.first
    #expect(row?.caller == "arn:aws:sts::111122223333:assumed-role/Deploy")
    #expect(row?.accessKey == "ASIAEXAMPLE" && row?.isReadOnly == false && row?.eventID == "e-1")
    #expect(decoded.batch.faults.isEmpty)
  }

  @Test("Lake's results of the API, column by column")
  func lakeColumns() {
    let text = """
      {"QueryStatus":"FINISHED","QueryResultRows":[[{"eventName":"StartQuery"},\
      {"eventTime":"2026-03-01 02:00:05.000"},{"eventSource":"cloudtrail.amazonaws.com"},\
      {"errorCode":null}]]}
      """
    #expect(Decoded(text).rows.first?.name == "StartQuery")
  }

  @Test("Rows that do not fit are faults with their place")
  func malformedRows() throws {
    let text = Self.historyHeader + Self.historyRow + "a,b\n" + Self.historyRow + "x,\"unclosed\n"
    let decoded = Decoded(text)
    #expect(decoded.rows.count == 2 && decoded.faultKinds == [.malformedRow, .malformedRow])
    let fault = try #require(decoded.batch.faults.first)
    #expect(fault.offset == Self.historyHeader.utf8.count + Self.historyRow.utf8.count)
    #expect(fault.skippedBytes == 4)
  }
}
