// SPDX-License-Identifier: Apache-2.0
public import Scores
import Vocabulary

/// The state machine of one series: quiet, or in an insight.
///
/// It is advanced minute by minute in time order and sees nothing beyond the minute. An insight
/// opens at the minute at which a window's evidence reaches the threshold; its start is traced back
/// to where the standing out began, and its end to where it stopped. Between the two there is no
/// flapping: an end needs `quietMinutes` and evidence of its own.
public struct InsightTracker: Codable, Sendable {
  /// Minutes without unusual activity before an insight may end; AWS's own example ends its
  /// insight after ten.
  static let quietMinutes = 10
  /// Fewer events are never an insight, however unlikely: nobody could act on them.
  static let fewestEvents = 4
  /// Below so many events, each one less asks for a further power of ten: the law of a few events
  /// is the least sure.
  static let surelyEnoughEvents = 6
  /// Evidence below which nobody asks what the calls of errors say.
  private static let leastDoubted = 4.0
  /// An insight this long is a level that moved: it is told once, and then it is the baseline.
  static let longestMinutes = 1440

  /// The insight that is open.
  public private(set) var open: Incident?
  /// Windows do not reach back before it: the end of the last insight.
  private var floor = Int.min
  /// No insight opens before it: after a level moved, until the baseline has learnt.
  private var hushedUntil = Int.min

  /// Creates a tracker of a series that is quiet.
  public init() {}

  /// What an advance brought.
  public enum Change: Sendable {
    /// An insight opened.
    case opened(Incident)
    /// The open insight ended.
    case ended(Incident)
  }

  /// Advances to a minute with or without events.
  ///
  /// - Parameters:
  ///   - minute: since 1970-01-01T00:00Z; later than any before.
  ///   - scorer: the series' scorer for the minute's day.
  ///   - threshold: the evidence that windows need to be insights.
  ///   - context: what other series did meanwhile, where that is known.
  /// - Returns: the window that stood out most, and what changed.
  public mutating func advance(
    to minute: Int, scorer: WindowScorer, threshold: Threshold, context: (any SeriesContext)? = nil
  ) -> (strongest: ScoredWindow?, change: Change?) {
    let strongest = window(endingWith: minute, scorer: scorer, context: context)
    guard open == nil else {
      return (strongest, follow(to: minute, scorer: scorer, strongest: strongest))
    }
    guard let window = strongest,
      window.evidence >= threshold.evidence(for: window) + Self.scarcity(window),
      window.count >= Self.fewestEvents,
      minute >= hushedUntil
    else {
      return (strongest, nil)
    }
    let incident = Incident(detectedAt: minute, window: window, floor: floor, scorer: scorer)
    open = incident
    return (strongest, .opened(incident))
  }

  /// The window that stands out most; while a drop is open, the one that has fewest events.
  private func window(
    endingWith minute: Int, scorer: WindowScorer, context: (any SeriesContext)?
  ) -> ScoredWindow? {
    if open?.direction == .below { return scorer.emptiest(endingWith: minute, floor: floor) }
    guard let strongest = scorer.strongest(endingWith: minute, floor: floor) else { return nil }
    // Few windows are worth the question.
    guard strongest.evidence > Self.leastDoubted,
      let calls = context?.calls(in: minute + 1 - strongest.minutes..<minute + 1)
    else { return strongest }
    return scorer.moderated(strongest, endingWith: minute, by: calls)
  }

  /// Looks whether so few events came up to a minute that it is a drop; nothing may be open.
  ///
  /// A drop of one series among many is told, not one that its peers share.
  ///
  /// - Parameters:
  ///   - minute: since 1970-01-01T00:00Z; no earlier than any before.
  ///   - scorer: the series' scorer for the minute's day.
  ///   - threshold: the evidence that windows need to be insights.
  ///   - context: what other series did meanwhile.
  /// - Returns: the drop, if it opened.
  public mutating func lookForDrop(
    at minute: Int, scorer: WindowScorer, threshold: Threshold, context: any SeriesContext
  ) -> Change? {
    guard open == nil, minute >= hushedUntil,
      let window = scorer.emptiest(endingWith: minute, floor: floor),
      window.evidence >= threshold.dropEvidence,
      let peers = context.peers(in: minute + 1 - window.minutes..<minute + 1),
      !peers.fellTogether(with: Double(window.count) / window.expected),
      let compared = scorer.emptiest(
        endingWith: minute, floor: floor, factor: min(1, peers.medianRatio)),
      compared.evidence >= threshold.dropEvidence
    else { return nil }
    let incident = Incident(
      detectedAt: minute, window: compared, floor: floor, scorer: scorer, direction: .below)
    open = incident
    return .opened(incident)
  }

  /// What a window of few events must have beyond the threshold: a power of ten for each that is
  /// missing.
  private static func scarcity(_ window: ScoredWindow) -> Double {
    Double(max(0, surelyEnoughEvents - window.count))
  }

  private mutating func follow(to minute: Int, scorer: WindowScorer, strongest: ScoredWindow?)
    -> Change?
  {
    guard var incident = open else { return nil }
    incident.advance(to: minute, scorer: scorer, strongest: strongest)
    open = incident
    if minute + 1 - incident.start >= Self.longestMinutes {
      incident.close(asMovedLevel: true)
      hushedUntil = (minute / 1440 + 1) * 1440
    } else if incident.isOver(at: minute) {
      incident.close(asMovedLevel: false)
    } else {
      return nil
    }
    floor = incident.end ?? minute + 1
    open = nil
    return .ended(incident)
  }
}
