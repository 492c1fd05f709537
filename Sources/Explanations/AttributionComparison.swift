// SPDX-License-Identifier: Apache-2.0
public import Insights
import Reports
import Vocabulary

/// Who and what made the calls of an insight, beside its baseline: one table an attribute.
public struct AttributionComparison {
  /// One value of an attribute; averages are events per minute.
  public struct Row {
    /// The value as the events have it.
    public let value: String
    /// Its average in the insight; `nil` where it is among the others.
    public let inside: Double?
    /// Its average in the baseline; `nil` where it is among the others.
    public let usual: Double?
  }

  private let insight: Insight

  /// Compares an insight with its baseline.
  public init(_ insight: Insight) {
    self.insight = insight
  }

  /// A title and rows for each attribute with known values, who before how.
  public var tables: [(title: String, rows: [Row])] {
    let order: [Attribute] = [
      .userIdentityArn, .userAgent, .sourceIPAddress, .accessKeyId, .errorCode,
    ]
    return order.compactMap(insight.attribution).map { attribution in
      (title: Self.title(of: attribution.attribute), rows: rows(of: attribution))
    }
  }

  /// Returns `14.2/min 92 %` for the insight; a dash where it is not known.
  public func inside(_ row: Row) -> String {
    guard let average = row.inside else { return "–" }
    guard average > 0 else { return "0" }
    let total = insight.statistics.insightAverage
    let share = total > 0 ? " \(Int((min(1, average / total) * 100).rounded())) %" : ""
    return PeopleText.rate(perMinute: average) + share
  }

  /// Returns the rate in the baseline; a dash where it is not known.
  public func usual(_ row: Row) -> String {
    guard let average = row.usual else { return "–" }
    return average > 0 ? PeopleText.rate(perMinute: average) : "0"
  }

  private static func title(of attribute: Attribute) -> String {
    switch attribute {
    case .userIdentityArn: "Who"
    case .userAgent: "User agent"
    case .errorCode: "Error code (null is success)"
    case .sourceIPAddress: "Source address"
    case .accessKeyId: "Access key"
    }
  }

  /// The values told for the insight, those told for the baseline alone, and the others.
  private func rows(of attribution: Insight.Attribution) -> [Row] {
    let usualTold = Dictionary(attribution.baseline.map { ($0.value, $0.average) }) { $1 }
    var rows = attribution.insight.enumerated().map { index, value in
      let usual = attribution.usual.indices.contains(index) ? attribution.usual[index] : nil
      return Row(
        value: value.value, inside: value.average, usual: usual ?? usualTold[value.value])
    }
    let told = Set(attribution.insight.map(\.value))
    // Where fewer than five are told, there are no others.
    let unseen: Double? = told.count < 5 ? 0 : nil
    rows += attribution.baseline.filter { !told.contains($0.value) }
      .map { Row(value: $0.value, inside: unseen, usual: $0.average) }
    return rows + others(beside: rows)
  }

  private func others(beside rows: [Row]) -> [Row] {
    let statistics = insight.statistics
    let inside = statistics.insightAverage - rows.reduce(0) { $0 + ($1.inside ?? 0) }
    let usual = statistics.baselineAverage - rows.reduce(0) { $0 + ($1.usual ?? 0) }
    // Less than half an event is rounding.
    let isInside = inside * Double(statistics.insightMinutes) > 0.5
    let isUsual = usual * Double(statistics.baselineMinutes) > 0.5
    guard isInside || isUsual else { return [] }
    return [
      Row(value: "other or unknown", inside: isInside ? inside : 0, usual: isUsual ? usual : 0)
    ]
  }
}
