// SPDX-License-Identifier: Apache-2.0
public import Insights
public import Vocabulary

/// What several reports say of an insight, worked out from its own fields.
extension Insight {
  /// The insight's average over the baseline's; `nil` where the baseline is 0.
  public var rateChange: Double? {
    let baseline = statistics.baselineAverage
    return baseline > 0 ? statistics.insightAverage / baseline : nil
  }

  /// Who or what the values of an attribute are; `nil` where none is known.
  public func attribution(of attribute: Attribute) -> Attribution? {
    attributions.first { $0.attribute == attribute }
  }

  /// The value of an attribute that stands first for the insight.
  public func topValue(of attribute: Attribute) -> Attribution.Value? {
    attribution(of: attribute)?.insight.first
  }

  /// The part of the insight's calls that carry a value, 0 to 1; `nil` where there are no calls.
  public func share(of value: Attribution.Value) -> Double? {
    let total = statistics.insightAverage
    return total > 0 ? min(1, value.average / total) : nil
  }
}
