// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// A rule that silences known noise, and the insights that it silenced in a run.
public struct SuppressedInsights: Sendable {
  /// The rule's name.
  public let rule: String
  /// Why the rule is there, in its author's words; empty where they gave none.
  public let reason: String
  /// The rule holds for insights that start before it; `nil` for ever.
  public let expires: Timestamp?
  /// In the order of `Findings.insights`.
  public var insights: [Insight]

  /// Creates a rule's share of a run.
  public init(rule: String, reason: String, expires: Timestamp?, insights: [Insight] = []) {
    self.rule = rule
    self.reason = reason
    self.expires = expires
    self.insights = insights
  }
}
