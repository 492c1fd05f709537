// SPDX-License-Identifier: Apache-2.0
import Evaluation
import Testing
import Vocabulary

@Suite struct TableReadingTests {
  private let header =
    "severity,insight_type,recipient_account_id,aws_region,event_category,event_source,"
    + "event_name,error_code,start_time,end_time,detected_time,top_user_identity_arn,other\n"
  private let key = "ApiCallRateInsight,1,eu-west-1,Management,ec2.amazonaws.com,RunInstances,,"

  @Test("Insights are read by the names of their columns")
  func insights() {
    let row = "71.5," + key + "2026-01-05T10:00:00Z,,2026-01-05T10:04:00Z,'=evil,x\n"
    let content = readInsights(Array((header + row).utf8))
    #expect(content.errors.isEmpty)
    #expect(content.rows.first?.severity == 71.5)
    #expect(content.rows.first?.series.eventName == "RunInstances")
    #expect(content.rows.first?.end == nil)
    #expect(content.rows.first?.detected?.rfc3339 == "2026-01-05T10:04:00Z")
    #expect(content.rows.first?.topUserIdentityARN == "=evil")
  }

  @Test("A bad row is an error with its line, and the others are read")
  func badRows() {
    let good = "1," + key + "2026-01-05T10:00:00Z,,,,\n"
    let table =
      header + good + "\"x\ny\"," + key + "2026-01-05T10:00:00Z,,,,\n" + "1," + key + "soon,,,,\n"
      + "1," + key + ",,,,\n" + good
    let content = readInsights(Array(table.utf8))
    #expect(content.rows.count == 2)
    #expect(content.errors.map(\.line) == [3, 5, 6])
    #expect(
      content.errors.map(\.reason) == [
        "severity is no number", "start_time is no RFC 3339 time", "no start_time",
      ])
  }

  @Test("A table without a column that is needed, or empty, is one error")
  func badHeader() {
    #expect(readLabels(Array("a,b\n".utf8)).errors.map(\.reason) == ["no column insight_type"])
    #expect(readLures([]).errors.map(\.reason) == ["no header"])
  }

  @Test("Labels and lures")
  func labels() {
    let columns =
      "insight_type,recipient_account_id,aws_region,event_category,event_source,event_name,"
      + "error_code,start_time,end_time"
    let times = "2026-01-05T10:00:00Z,2026-01-05T10:05:00Z"
    let labels = readLabels(
      Array("\(columns),family,culprit_arn\n\(key)\(times),spike,arn:x\n".utf8))
    #expect(labels.rows.first?.family == "spike" && labels.rows.first?.culpritARN == "arn:x")
    let lures = readLures(
      Array("kind,\(columns)\noutage,,,,,,,,\(times)\nnightly,\(key)\(times)\n".utf8))
    #expect(lures.errors.isEmpty && lures.rows.map { $0.series == nil } == [true, false])
    let backwards = readLabels(
      Array("\(columns)\n\(key)2026-01-05T10:00:00Z,2026-01-05T10:00:00Z\n".utf8))
    #expect(backwards.errors.map(\.reason) == ["end_time is not after start_time"])
  }
}
