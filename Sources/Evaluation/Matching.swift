// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Which insight finds which label.
///
/// An insight finds a label of its series that it overlaps, with 2 minutes of grace before the
/// label and 10 after it, unless it begins more than 5 minutes before the label: that is another
/// event's alarm that happened to last. Where it could find several, it finds the one whose start
/// is nearest, the earlier of two.
struct Matching {
  /// For each insight the index of the label that it finds.
  let found: [Int?]
  /// For each label the insights that find it, by start.
  let finders: [[Int]]

  static let graceBefore = 2
  static let graceAfter = 10
  static let earliest = 5

  init(_ insights: [ReportedInsight], _ labels: [Label]) {
    let bySeries = Dictionary(grouping: labels.indices) { labels[$0].series }
    found = insights.map { insight in
      (bySeries[insight.series] ?? []).filter { Self.finds(insight, labels[$0]) }.min {
        Self.distance(insight, labels[$0]) < Self.distance(insight, labels[$1])
      }
    }
    var finders = labels.map { _ in [Int]() }
    for (insight, label) in found.enumerated() {
      if let label { finders[label].append(insight) }
    }
    self.finders = finders.map { $0.sorted { (insights[$0].start, $0) < (insights[$1].start, $1) } }
  }

  private static func finds(_ insight: ReportedInsight, _ label: Label) -> Bool {
    guard insight.start >= label.start - earliest else { return false }
    guard insight.start < label.end + graceAfter else { return false }
    // An open insight lasts to the end of the data.
    guard let end = insight.end else { return true }
    return end > label.start - graceBefore
  }

  private static func distance(_ insight: ReportedInsight, _ label: Label) -> (Int, Int) {
    (abs(insight.start - label.start), label.start.sinceEpoch)
  }
}
