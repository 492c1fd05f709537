// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// What a table for people says of one insight, cell by cell.
struct InsightCells {
  let insight: Insight
  /// Whether the year stands in front of the date.
  let showsYear: Bool

  private var style: TextStyle { TextStyle(severity: insight.severity) }

  var severity: TextTable.Cell {
    let arrow = insight.direction == .above ? "▲" : "▼"
    return [StyledText("\(Int(max(0, min(100, insight.severity)))) \(arrow)", style)]
  }

  var start: TextTable.Cell {
    let time = insight.start.rfc3339
    let text = time.prefix(10) + " " + time.dropFirst(11).prefix(5)
    return [StyledText(String(text.dropFirst(showsYear ? 0 : 5)))]
  }

  var lasted: TextTable.Cell {
    let duration = PeopleText.duration(minutes: insight.statistics.insightMinutes)
    guard insight.state == .open else { return [StyledText(duration)] }
    return [StyledText(duration), StyledText(" open", .yellow)]
  }

  /// The call as an IAM policy names it, `iam:CreateAccessKey`.
  var call: TextTable.Cell {
    let series = insight.series
    let suffix = ".amazonaws.com"
    let source = series.eventSource
    let service = source.hasSuffix(suffix) ? String(source.dropLast(suffix.count)) : source
    return [
      StyledText(escapingControls(service) + ":", .dim),
      StyledText(escapingControls(series.eventName), .bold),
    ]
  }

  /// The code of an error rate, to stand behind what it belongs to.
  var error: TextTable.Cell {
    guard insight.series.insightType == .apiErrorRate else { return [] }
    return [StyledText(" " + escapingControls(insight.series.errorCode), .red)]
  }

  var rate: TextTable.Cell {
    [StyledText(PeopleText.rate(perMinute: insight.statistics.insightAverage))]
  }

  var usual: TextTable.Cell {
    [StyledText(PeopleText.rate(perMinute: insight.statistics.baselineAverage), .dim)]
  }

  var change: TextTable.Cell {
    [StyledText(PeopleText.change(insight.rateChange), style)]
  }

  /// Who stands out; for calls that went missing, who used to make them.
  var who: TextTable.Cell {
    let account = insight.series.recipientAccountID
    if let top = insight.topValue(of: .userIdentityArn) {
      let name = StyledText(name(of: top, inAccount: account))
      guard let share = insight.share(of: top) else { return [name] }
      return [name, StyledText(" \(Int((share * 100).rounded())) %", .dim)]
    }
    guard let usual = insight.attribution(of: .userIdentityArn)?.baseline.first else { return [] }
    return [StyledText("was ", .dim), StyledText(name(of: usual, inAccount: account))]
  }

  /// Enough of the identifier for `explain`.
  var id: TextTable.Cell { [StyledText(shortID, .dim)] }

  var shortID: String { String(insight.id.prefix(8)) }

  func picture(width: Int) -> TextTable.Cell {
    Sparkline(insight, width: width).styled(style)
  }

  private func name(of value: Insight.Attribution.Value, inAccount account: String) -> String {
    escapingControls(identityText(value.value, inAccount: account))
  }
}
