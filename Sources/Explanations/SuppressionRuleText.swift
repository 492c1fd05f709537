// SPDX-License-Identifier: Apache-2.0
public import Insights
import Reports
import Vocabulary

/// A rule that silences insights like one: the same call or error, account, Region and caller.
public enum SuppressionRuleText {
  /// Returns the rule as one line of JSON, ready for a file of rules.
  public static func rule(like insight: Insight) -> [UInt8] {
    let series = insight.series
    let caller = insight.topValue(of: .userIdentityArn)?.value
    let who = caller.map { " by " + identityText($0, inAccount: series.recipientAccountID) } ?? ""
    var json = JSONWriter()
    json.object { json in
      let error = series.errorCode.isEmpty ? "" : " " + series.errorCode
      json.text("name", callText(series) + error + who + " in " + series.awsRegion)
      json.text("reason", "say here why this is expected")
      json.key("pattern")
      json.object { json in
        one("recipientAccountId", series.recipientAccountID, in: &json)
        one("awsRegion", series.awsRegion, in: &json)
        json.key("insightDetails")
        json.object { appendDetails(of: insight, caller: caller, to: &$0) }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func appendDetails(
    of insight: Insight, caller: String?, to json: inout JSONWriter
  ) {
    let series = insight.series
    one("eventSource", series.eventSource, in: &json)
    one("eventName", series.eventName, in: &json)
    one("insightType", series.insightType.rawValue, in: &json)
    if !series.errorCode.isEmpty { one("errorCode", series.errorCode, in: &json) }
    guard let caller else { return }
    json.key("insightContext")
    json.object { json in
      json.key("attributions")
      json.object { json in
        one("attribute", Attribute.userIdentityArn.rawValue, in: &json)
        json.key("insight")
        json.object { one("value", caller, in: &$0) }
      }
    }
  }

  private static func one(_ name: String, _ value: String, in json: inout JSONWriter) {
    json.key(name)
    json.array { $0.string(value) }
  }
}
