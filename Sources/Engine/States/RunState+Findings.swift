// SPDX-License-Identifier: Apache-2.0
import Insights
import Store
import Vocabulary

/// What was found, what a stream told of it, and what was covered.
extension RunState {
  /// Keeps insights of days that are over; those of the days since follow from the counts.
  func save(_ insights: some Sequence<Insight>) throws(StateFailure) {
    for insight in insights {
      try file.insights.put(
        StoredInsight(
          id: insight.id, start: insight.start, content: Packed.bytes(insight)))
    }
  }

  /// Returns the insights of days that are over.
  func insights() throws(StateFailure) -> [Insight] {
    var insights: [Insight] = []
    try file.insights.forEach(
      from: Minute(sinceEpoch: 0), to: Minute(sinceEpoch: .max)
    ) { stored throws(StateFailure) in
      insights.append(try unpack(Insight.self, stored.content))
    }
    return insights
  }

  /// Keeps what a stream told of an insight.
  func save(_ told: ToldInsights.Told) throws(StateFailure) {
    try file.told.put(
      ToldInsight(
        series: told.insight.series.storedBytes, start: told.toldStart, id: told.insight.id,
        ended: told.hasEnded ? told.insight.end : nil, content: Packed.bytes(told)))
  }

  /// Returns what streams told of the last days.
  func told() throws(StateFailure) -> [ToldInsights.Told] {
    var all: [ToldInsights.Told] = []
    for told in try file.told.all() {
      all.append(try unpack(ToldInsights.Told.self, told.content))
    }
    return all
  }

  /// What all runs on the state covered; the faults are those of the last.
  func coverage() throws(StateFailure) -> Coverage {
    try value(Coverage.self, .coverage) ?? Coverage()
  }

  /// Puts what a stream covered in place of what was.
  func replace(_ coverage: Coverage) throws(StateFailure) { try set(coverage, .coverage) }

  /// Adds what a run covered.
  ///
  /// Its series and gaps are those of the whole state, and faults that an earlier run told are not
  /// told again.
  func save(_ coverage: Coverage) throws(StateFailure) {
    var sum = try self.coverage()
    let (series, gaps) = (sum.series, sum.gaps)
    sum.faults = []
    sum.omittedFaults = [:]
    sum.merge(coverage)
    sum.series = max(series, coverage.series)
    sum.gaps = coverage.gaps.isEmpty ? gaps : coverage.gaps
    try set(sum, .coverage)
  }
}
