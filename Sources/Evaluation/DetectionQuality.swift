// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// How well a detector's insights agree with labels.
///
/// Each label counts once. The first insight on a label is a true one; further insights on it are
/// neither true nor false; all others are false.
public struct DetectionQuality: Sendable {
  /// The labels of a family and those that were found.
  public struct FamilyRecall: Hashable, Sendable {
    /// As in the labels.
    public let family: String
    /// Incidents of the family.
    public let labels: Int
    /// Those of them that were found.
    public let found: Int
  }

  /// The false insights that lie on a kind of lure.
  public struct LureCount: Hashable, Sendable {
    /// As in the lures.
    public let kind: String
    /// Lures of the kind.
    public let lures: Int
    /// False insights that begin on one of them.
    public let insights: Int
  }

  /// Labels in all.
  public let labelCount: Int
  /// Labels that at least one insight found.
  public let foundCount: Int
  /// Insights beyond the first on the same label.
  public let repeatedCount: Int
  /// Insights that find no label.
  public let falseCount: Int
  /// The mean, over all labels, of the precision at the place where each is found.
  ///
  /// Insights are ranked by severity. Equal severities share a place: the precision there is that
  /// of all of them together. A label that was not found counts as 0; `nil` where there is none.
  public let averagePrecision: Double?
  /// The median of the minutes from a label's start to when its first insight was known.
  ///
  /// `nil` where no insight says when.
  public let medianDelayMinutes: Double?
  /// The share of the found labels with a culprit whose first insight names it.
  public let attributionAccuracy: Double?
  /// False insights a week, per 100 series; `nil` where the number of weeks or series is not known.
  public let falsePerWeekPer100Series: Double?
  /// How many were found, by family, sorted by name.
  public let families: [FamilyRecall]
  /// How many false insights were raised, by kind of lure, sorted by name.
  public let lures: [LureCount]

  /// Compares insights with labels.
  ///
  /// - Parameters:
  ///   - insights: What the detector reported, in any order.
  ///   - labels: What it should have found.
  ///   - lures: What it should have been silent on.
  ///   - extent: How much it had to look at.
  public init(
    insights: [ReportedInsight], labels: [Label], lures: [Lure] = [], extent: Extent? = nil
  ) {
    let matching = Matching(insights, labels)
    let firsts = matching.finders.map(\.first)
    let wrong = insights.indices.filter { matching.found[$0] == nil }
    labelCount = labels.count
    foundCount = firsts.count { $0 != nil }
    repeatedCount = insights.count - wrong.count - foundCount
    falseCount = wrong.count
    averagePrecision = Ranking(insights, matching).averagePrecision
    medianDelayMinutes = median(
      zip(labels, firsts).compactMap { label, first in
        first.flatMap { insights[$0].detected }.map { Double($0 - label.start) }
      })
    attributionAccuracy = share(
      zip(labels, firsts).compactMap { label, first in
        guard let first, !label.culpritARN.isEmpty else { return nil }
        return insights[first].topUserIdentityARN == label.culpritARN
      })
    falsePerWeekPer100Series = extent.flatMap { $0.perWeekPer100Series(wrong.count) }
    families = Self.families(labels, firsts)
    self.lures = Self.lures(lures, wrong.map { insights[$0] })
  }

  /// The share of true ones among the insights that count; `nil` where there are none.
  public var precision: Double? {
    let counted = foundCount + falseCount
    return counted == 0 ? nil : Double(foundCount) / Double(counted)
  }

  /// The share of labels that were found; `nil` where there are none.
  public var recall: Double? {
    labelCount == 0 ? nil : Double(foundCount) / Double(labelCount)
  }

  /// The harmonic mean of precision and recall; `nil` where there are no labels.
  public var f1: Double? {
    guard labelCount > 0 else { return nil }
    return 2 * Double(foundCount) / Double(labelCount + foundCount + falseCount)
  }
}

/// How much a detector had to look at.
public struct Extent: Sendable {
  /// Weeks between the first event and the last.
  public var weeks: Double
  /// Series that were analysed.
  public var seriesCount: Int

  /// Creates an extent.
  public init(weeks: Double, seriesCount: Int) {
    self.weeks = weeks
    self.seriesCount = seriesCount
  }

  fileprivate func perWeekPer100Series(_ count: Int) -> Double? {
    guard weeks > 0, seriesCount > 0 else { return nil }
    return Double(count) / weeks / Double(seriesCount) * 100
  }
}

extension DetectionQuality {
  private static func families(_ labels: [Label], _ firsts: [Int?]) -> [FamilyRecall] {
    let groups = Dictionary(grouping: labels.indices) { labels[$0].family }
    return groups.sorted { utf8Less($0.key, $1.key) }.map { family, members in
      FamilyRecall(
        family: family, labels: members.count, found: members.count { firsts[$0] != nil })
    }
  }

  private static func lures(_ lures: [Lure], _ wrong: [ReportedInsight]) -> [LureCount] {
    let groups = Dictionary(grouping: lures, by: \.kind)
    return groups.sorted { utf8Less($0.key, $1.key) }.map { kind, members in
      LureCount(
        kind: kind, lures: members.count,
        insights: wrong.count { insight in members.contains { $0.catches(insight) } })
    }
  }
}

extension Lure {
  /// Whether a false insight was raised on it: one that starts in it, with a little grace.
  func catches(_ insight: ReportedInsight) -> Bool {
    guard series == nil || series == insight.series else { return false }
    return insight.start >= start - Matching.earliest && insight.start < end + Matching.graceAfter
  }
}

private func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

private func share(_ answers: [Bool]) -> Double? {
  answers.isEmpty ? nil : Double(answers.count { $0 }) / Double(answers.count)
}
