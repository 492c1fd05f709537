// SPDX-License-Identifier: Apache-2.0
import Baselines
import Insights
import Scores

/// Keeps what happened on a day of a series, for the baseline to learn from.
struct DayJournal {
  private(set) var outcome: DayOutcome
  private let baseline: Baseline
  private let dayStart: Int

  init(_ outcome: DayOutcome, baseline: Baseline) {
    self.outcome = outcome
    self.baseline = baseline
    dayStart = baseline.day * 1440
  }

  /// Notes the window that stood out most at a minute.
  ///
  /// What was told as an insight says nothing of the usual tail, and little of storms; what came
  /// without information, in a backlog, says nothing at all.
  mutating func note(_ window: ScoredWindow, at minute: Int, isTold: Bool) {
    let minuteOfDay = minute - dayStart
    guard !outcome.missing.contains(where: { $0.contains(minuteOfDay) }) else { return }
    if !isTold {
      outcome.peaks[minuteOfDay / 240] = max(outcome.peaks[minuteOfDay / 240], window.evidence)
    }
    noteSurprise(window, at: minute, weight: isTold ? 0.5 : 1)
  }

  /// Keeps a short window that the forecast did not explain.
  ///
  /// Those within a quarter of an hour are one. In the first days a forecast explains little, so more is asked.
  private mutating func noteSurprise(_ window: ScoredWindow, at minute: Int, weight: Double) {
    let needed = baseline.ageDays < 7 ? 6.0 : 4.0
    let excess = Double(window.count) - window.expected
    guard -window.log10PValue > needed, window.minutes <= 15, excess >= 3 * window.expected else {
      return
    }
    guard let last = outcome.surprises.last, minute - last.minute <= 15 else {
      outcome.surprises.append(Surprise(minute: minute, excess: excess, weight: weight))
      return
    }
    outcome.surprises[outcome.surprises.count - 1] = Surprise(
      minute: minute, excess: max(last.excess, excess), weight: min(last.weight, weight))
  }

  /// Notes an insight that ended.
  mutating func note(_ incident: Incident) {
    if incident.isMovedLevel {
      outcome.levelMoved = true
    } else if let end = incident.end {
      noteTold(incident.start..<end)
    }
  }

  /// Notes minutes inside an insight, as far as they lie on the day.
  mutating func noteTold(_ minutes: Range<Int>) {
    let part = minutes.clamped(to: dayStart..<dayStart + 1440)
    guard !part.isEmpty else { return }
    outcome.told.append(part.lowerBound - dayStart..<part.upperBound - dayStart)
  }
}
