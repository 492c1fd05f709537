// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Turns the counts of one source's series into events: seconds, callers, errors.
struct EventDrawing {
  let plan: SeriesPlan
  let rhythm: TrailRhythm
  let incidents: [Int: [Incident]]
  let seed: UInt64
  /// Seconds since 1970 of the trail's first minute.
  let firstSecond: Int

  /// Returns the events of a source, by series and minute.
  func events(source: Int) -> [SyntheticEvent] {
    var events: [SyntheticEvent] = []
    let members = plan.series.indices.filter { plan.sourceIndices[$0] == source }
    let linked = members.filter { plan.series[$0].parent != nil }
    for index in members where plan.series[index].parent == nil {
      let failing = linked.first { plan.series[$0].parent?.index == index }
      append(index, failing: failing, to: &events)
    }
    return events
  }

  private func append(_ index: Int, failing: Int?, to events: inout [SyntheticEvent]) {
    let series = plan.series[index]
    var random = SeededGenerator(seed: seed, 11, index)
    let counts = plan.usualCounts(index, seed: seed, rhythm)
    let failures = failing.map { plan.usualCounts($0, seed: seed, rhythm) }
    let own = series.key.insightType == .apiErrorRate ? index : -1
    for minute in 0..<rhythm.minuteCount {
      let extra = extras(index, minute)
      guard counts[minute] > 0 || !extra.isEmpty else { continue }
      let failed = failures?[minute] ?? 0
      let surge = failing.map { extras($0, minute) } ?? []
      // Failures come first, then the failures of an error surge, then successes.
      var errors = Array(repeating: (failing ?? own, -1), count: failed)
      errors += surge.map { (failing ?? own, $0) }
      for call in 0..<counts[minute] {
        let (error, culprit) = call < errors.count ? errors[call] : (own, -1)
        let usual = series.callers.indices[random.index(weights: series.callers.weights)]
        events.append(
          event(index, minute, culprit >= 0 ? culprit : usual, error, &random))
      }
      for culprit in extra { events.append(event(index, minute, culprit, own, &random)) }
    }
  }

  /// The culprit of each extra call (or failure) of a series in a minute.
  private func extras(_ series: Int, _ minute: Int) -> [Int] {
    guard let incidents = incidents[series] else { return [] }
    return incidents.flatMap { incident in
      Array(repeating: incident.culprit, count: incident.extras[minute] ?? 0)
    }
  }

  private func event(
    _ series: Int, _ minute: Int, _ caller: Int, _ error: Int, _ random: inout SeededGenerator
  ) -> SyntheticEvent {
    SyntheticEvent(
      time: firstSecond + minute * 60 + random.integer(below: 60), series: series, caller: caller,
      errorSeries: error, identity: random.next())
  }
}
