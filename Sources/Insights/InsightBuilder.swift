// SPDX-License-Identifier: Apache-2.0
public import Counts
public import Scores
public import Vocabulary

/// Turns an incident of one series into an insight with its statistics, attributions and picture.
public struct InsightBuilder: Sendable {
  let counts: SeriesCounts
  let callers: CallerArchive
  /// The first minute with data of the series' account.
  private let firstMinute: Int

  /// Creates a builder for a series.
  ///
  /// - Parameters:
  ///   - counts: the series; what an insight may look at, at least a week back.
  ///   - callers: who made its calls.
  ///   - firstMinute: the first minute with data of its account.
  public init(counts: SeriesCounts, callers: CallerArchive, firstMinute: Minute) {
    self.counts = counts.unpacked
    self.callers = callers
    self.firstMinute = firstMinute.sinceEpoch
  }

  /// Builds the insight of an incident as it stands after a minute.
  ///
  /// - Parameters:
  ///   - incident: open or ended.
  ///   - minute: the newest minute that may be looked at.
  ///   - scorer: the scorer of that minute's day.
  /// - Returns: the insight with all that a report says of it.
  public func insight(of incident: Incident, asOf minute: Int, scorer: WindowScorer) -> Insight {
    let end = incident.end ?? minute + 1
    let start = Minute(sinceEpoch: incident.start)
    return Insight(
      id: identifier(of: incident), series: counts.key, direction: incident.direction, start: start,
      end: incident.end.map { Minute(sinceEpoch: $0) },
      detected: Minute(sinceEpoch: incident.detected), windowMinutes: incident.peak.minutes,
      statistics: statistics(of: incident, end: end),
      severity: AlertBudget.severity(evidence: incident.peak.evidence),
      log10PValue: incident.peak.log10PValue,
      attributions: attributions(of: incident, end: end),
      evidence: evidence(start: incident.start, end: end),
      excerpt: excerpt(start: incident.start, end: end, now: minute, scorer: scorer),
      week: week(start: incident.start, end: end, now: minute))
  }

  // MARK: Identity

  /// A GUID in form, made of two stable hashes of series, direction and start.
  private func identifier(of incident: Incident) -> String {
    let key = counts.key
    let text =
      [
        key.recipientAccountID, key.awsRegion, key.eventCategory, key.eventSource, key.eventName,
        key.insightType.rawValue, key.errorCode, incident.direction.rawValue,
      ].joined(separator: "\u{1F}") + "\u{1F}" + Minute(sinceEpoch: incident.start).rfc3339
    let digits = hexadecimal(stableHash(text)) + hexadecimal(stableHash("\u{1F}" + text))
    var parts: [Substring] = []
    var rest = digits[...]
    for length in [8, 4, 4, 4, 12] {
      parts.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return parts.joined(separator: "-")
  }

  private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: Statistics

  private func statistics(of incident: Incident, end: Int) -> Insight.Statistics {
    let minutes = max(1, end - incident.start)
    let calls = counts.total(from: incident.start, to: end)
    let startMinutes = max(1, incident.detected - incident.start)
    let baselineMinutes = self.baselineMinutes(before: incident.start)
    let baselineCalls = counts.total(
      from: incident.start - baselineMinutes, to: incident.start)
    return Insight.Statistics(
      baselineAverage: Double(baselineCalls) / Double(baselineMinutes),
      baselineMinutes: baselineMinutes,
      expectedAverage: incident.expectedToEnd / Double(minutes),
      insightAverage: Double(calls) / Double(minutes), insightMinutes: minutes,
      startAverage: Double(counts.total(from: incident.start, to: incident.detected))
        / Double(startMinutes),
      startMinutes: startMinutes, calls: calls)
  }

  /// Seven days, or as many minutes as there are data before.
  func baselineMinutes(before start: Int) -> Int {
    max(1, min(7 * Minute.minutesPerDay, start - firstMinute))
  }

  // MARK: Evidence

  private func evidence(start: Int, end: Int) -> [EvidenceEvent] {
    callers.evidence(of: counts.key, from: start, to: end)
      .sorted { utf8Less($0.eventID, $1.eventID) }
  }

  // MARK: Picture

  /// The insight with as much before it, at least an hour, and what is known behind it, in at most
  /// sixty steps.
  private func excerpt(start: Int, end: Int, now: Int, scorer: WindowScorer) -> Insight.Excerpt {
    let margin = max(60, end - start)
    let last = min(now + 1, end + margin / 2)
    let span = last - (start - margin)
    let step = [1, 2, 5, 10, 15, 30, 60, 120].first { span <= $0 * 60 } ?? 240
    let before = (margin + step - 1) / step * step
    // Further back no forecast is at hand.
    let first = max(start - before, min(start, scorer.firstForecastMinute))
    let steps = stride(from: first, to: last, by: step)
    return Insight.Excerpt(
      start: Minute(sinceEpoch: first), stepMinutes: step,
      counts: steps.map { counts.total(from: $0, to: min($0 + step, last)) },
      expected: steps.map { scorer.expected(from: $0, to: min($0 + step, last)) },
      usual: steps.map { scorer.usualCounts(from: $0, to: min($0 + step, last)) })
  }

  /// Seven days before the insight, or as many as there are, to half a day behind it.
  private func week(start: Int, end: Int, now: Int) -> Insight.Excerpt {
    let step = 30
    let earliest = max(firstMinute, start - 7 * Minute.minutesPerDay)
    let first = earliest / step * step
    let last = min(now + 1, end + Minute.minutesPerDay / 2)
    return Insight.Excerpt(
      start: Minute(sinceEpoch: first), stepMinutes: step,
      counts: stride(from: first, to: last, by: step).map {
        counts.total(from: $0, to: min($0 + step, last))
      },
      expected: [])
  }
}
