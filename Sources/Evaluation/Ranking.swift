// SPDX-License-Identifier: Apache-2.0

/// Insights from the most severe down, and how precise their list is at each place.
struct Ranking {
  let averagePrecision: Double?

  /// Creates the ranking; equal severities are one place.
  ///
  /// A label is found at the place of the most severe insight on it; the others on the same label
  /// are passed over.
  init(_ insights: [ReportedInsight], _ matching: Matching) {
    guard !matching.finders.isEmpty else {
      averagePrecision = nil
      return
    }
    let order = insights.indices.sorted { insights[$0].severity > insights[$1].severity }
    var seen: Set<Int> = []
    var (found, wrong, sum) = (0, 0, 0.0)
    var place = order[...]
    while let first = place.first {
      let tied = place.prefix { insights[$0].severity == insights[first].severity }
      place = place.dropFirst(tied.count)
      let labels = tied.compactMap { matching.found[$0] }.filter { seen.insert($0).inserted }
      found += labels.count
      wrong += tied.count { matching.found[$0] == nil }
      if !labels.isEmpty { sum += Double(labels.count * found) / Double(found + wrong) }
    }
    averagePrecision = sum / Double(matching.finders.count)
  }
}
