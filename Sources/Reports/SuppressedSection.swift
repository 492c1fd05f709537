// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// What each rule silenced, in lines for people.
struct SuppressedSection {
  let rules: [SuppressedInsights]
  let width: Int

  var lines: [String] {
    guard !rules.isEmpty else { return [] }
    let lines = rules.map { rule in
      let until = rule.expires.map { ", until " + $0.rfc3339 } ?? ""
      let reason = rule.reason.isEmpty ? "" : ": " + rule.reason
      let count = PeopleText.count(rule.insights.count, "insight")
      return escapingControls("\(count) by \(rule.rule)\(until)\(reason)")
    }
    return ["silenced by rules"] + lines.map { "  " + truncated($0, toWidth: width - 2) } + [""]
  }
}
