// SPDX-License-Identifier: Apache-2.0
public import Insights
import Reports
import Vocabulary

/// An insight as one sentence in plain words.
///
///     RunInstances in us-east-1 ran at 14.2 calls a minute for 6 min; usual for a Tuesday
///     03:00 is 1.2 calls an hour; 92 % by role/Deploy.
public struct InsightSentence {
  private let insight: Insight

  /// Puts an insight into words.
  public init(_ insight: Insight) {
    self.insight = insight
  }

  /// The sentence; names from the logs stand in it as they are, control characters escaped.
  public var text: String {
    [what, usual, who].filter { !$0.isEmpty }.joined(separator: "; ") + "."
  }

  private var what: String {
    let series = insight.series
    let duration = PeopleText.duration(minutes: insight.statistics.insightMinutes)
    let subject = escapingControls(series.eventName + " in " + series.awsRegion)
    let rate = Self.words(for: insight.statistics.insightAverage, noun: noun)
    let isOpen = insight.state == .open
    let verb =
      switch (insight.direction, series.insightType) {
      case (.below, _): isOpen ? "has fallen to" : "fell to"
      case (.above, .apiCallRate): isOpen ? "has run at" : "ran at"
      case (.above, .apiErrorRate):
        (isOpen ? "has failed with " : "failed with ") + escapingControls(series.errorCode) + " at"
      }
    return "\(subject) \(verb) \(rate) for \(duration)" + (isOpen ? " and goes on" : "")
  }

  private var noun: String { insight.series.insightType == .apiErrorRate ? "error" : "call" }

  private var usual: String {
    let expected = insight.statistics.expectedAverage
    let rate =
      expected * 1440 * 30 < 1 ? "next to none" : Self.words(for: expected, noun: noun)
    return "usual for \(Self.time(of: insight)) is \(rate)"
  }

  private var who: String {
    guard let top = insight.topValue(of: .userIdentityArn), let share = insight.share(of: top)
    else { return "" }
    let account = insight.series.recipientAccountID
    return "\(Int((share * 100).rounded())) % by "
      + escapingControls(identityText(top.value, inAccount: account))
  }

  /// `a Tuesday 03:00`: the hour of the week by which it was judged.
  private static func time(of insight: Insight) -> String {
    let names = [
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    let hour = insight.start.minuteOfDay / 60
    return "a \(names[insight.start.weekday]) \(hour < 10 ? "0" : "")\(hour):00"
  }

  /// `14.2 calls a minute`, in the unit in which the number is at least 0.1.
  static func words(for rate: Double, noun: String) -> String {
    let units = [(1.0, "minute", "a"), (60.0, "hour", "an"), (1440.0, "day", "a")]
    let unit = units.first { rate * $0.0 >= 0.1 } ?? (rate > 0 ? units[2] : units[0])
    let value = PeopleText.number(rate * unit.0)
    return "\(value) \(noun)\(value == "1" ? "" : "s") \(unit.2) \(unit.1)"
  }
}
