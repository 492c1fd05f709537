// SPDX-License-Identifier: Apache-2.0
import Counts
import Vocabulary

/// Who or what changed.
extension InsightBuilder {
  private static let valuesTold = 5

  /// A value of an attribute and its events.
  private typealias Value = (value: String, count: Int)

  /// Returns the values of each attribute that changed, ranked by their events beyond what their
  /// share of the baseline leads one to expect, so that a caller who is always the biggest does not
  /// hide the one who came; of a drop, by what is missing.
  func attributions(of incident: Incident, end: Int) -> [Insight.Attribution] {
    let baselineMinutes = self.baselineMinutes(before: incident.start)
    let inside = values(from: incident.start, to: end)
    let before = values(from: incident.start - baselineMinutes, to: incident.start)
    return Attribute.allCases.compactMap { attribute in
      let usual = before[attribute] ?? []
      let values = Self.candidates(inside[attribute] ?? [], usual, incident.direction)
      guard !values.isEmpty else { return nil }
      let ranked = Self.ranked(values, usual: usual, incident).prefix(Self.valuesTold)
      let known = Dictionary(usual.map { ($0.value, $0.count) }) { first, _ in first }
      let minutes = Double(max(1, end - incident.start))
      return Insight.Attribution(
        attribute: attribute,
        insight: ranked.map { .init(value: $0.value, average: Double($0.count) / minutes) },
        baseline: usual.prefix(Self.valuesTold).map {
          .init(value: $0.value, average: Double($0.count) / Double(baselineMinutes))
        },
        usual: ranked.map { Double(known[$0.value] ?? 0) / Double(baselineMinutes) })
    }
  }

  /// The values that can have changed: of a drop also those that no longer came.
  private static func candidates(
    _ inside: [Value], _ usual: [Value], _ direction: Direction
  ) -> [Value] {
    guard direction == .below else { return inside }
    let present = Set(inside.map(\.value))
    return inside + usual.filter { !present.contains($0.value) }.map { ($0.value, 0) }
  }

  private static func ranked(
    _ values: [Value], usual: [Value], _ incident: Incident
  ) -> [Value] {
    let usualTotal = usual.reduce(0) { $0 + $1.count }
    let usualCounts = Dictionary(usual.map { ($0.value, $0.count) }) { first, _ in first }
    let sign = incident.direction == .above ? 1.0 : -1.0
    let change = values.map { value in
      let share = Double(usualCounts[value.value] ?? 0) / Double(max(1, usualTotal))
      return sign * (Double(value.count) - incident.expectedToEnd * share)
    }
    return values.indices.sorted { left, right in
      change[left] != change[right] ? change[left] > change[right] : left < right
    }.map { values[$0] }
  }

  private func values(from start: Int, to end: Int) -> [Attribute: [Value]] {
    callers.values(of: counts.key, from: start, to: end).mapValues { values in
      values.map { ($0.value, $0.count) }
    }
  }
}
