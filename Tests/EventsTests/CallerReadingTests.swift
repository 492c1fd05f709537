// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Testing

@Suite("For which events it is read who called")
struct CallerReadingTests {
  private func callers(_ reading: CallerReading) -> [String] {
    let records = [("Run", false, ""), ("Describe", true, ""), ("Get", true, "AccessDenied")].map {
      """
      {"eventVersion":"1.08","eventTime":"2026-03-01T02:00:05Z","eventName":"\($0.0)",\
      "eventSource":"ec2.amazonaws.com","readOnly":\($0.1),"eventCategory":"Management",\
      "userIdentity":{"type":"IAMUser","arn":"arn:\($0.0)"},"userAgent":"agent",\
      "sourceIPAddress":"10.0.0.1"\($0.2.isEmpty ? "" : ",\"errorCode\":\"\($0.2)\"")}
      """
    }
    var decoder = EventDecoder(callers: reading)
    var batch = EventBatch()
    let text = "{\"Records\":[" + records.joined(separator: ",") + "]}"
    decoder.decode(
      PaddedBuffer(Array(text.utf8)), origin: EventOrigin(file: "x.json"), into: &batch)
    let symbols = decoder.symbols
    return batch.events.map { symbols[$0.userIdentityArn] + symbols[$0.userAgent] }
  }

  @Test("always, of those that count, never")
  func readings() {
    #expect(callers(.always) == ["arn:Runagent", "arn:Describeagent", "arn:Getagent"])
    #expect(callers(.ofCounted) == ["arn:Runagent", "", "arn:Getagent"])
    #expect(callers(.never) == ["", "", ""])
  }
}
