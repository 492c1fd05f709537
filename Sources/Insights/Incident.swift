// SPDX-License-Identifier: Apache-2.0
import Glibc
public import Scores
public import Vocabulary

/// Unusual activity as the tracker follows it; minutes count from 1970-01-01T00:00Z.
public struct Incident: Codable, Sendable {
  /// First minute of the activity.
  public let start: Int
  /// The minute after which it was known.
  public let detected: Int
  /// The window in which it stood out most so far.
  public private(set) var peak: ScoredWindow
  /// The first minute at which it was over; `nil` while it is open.
  public private(set) var end: Int?
  /// Whether it ended because it lasted so long that it is the new level.
  public private(set) var isMovedLevel = false
  /// Events expected from the start to the last minute seen, and to the end as it stands.
  private var expectedSoFar: Double
  private(set) var expectedToEnd: Double
  /// Events over expectation, at detection: at least 1.5, or of a drop at most 0.7.
  private let ratio: Double
  /// Sum of the log-likelihood ratio "goes on" against "is over", its highest, and behind which
  /// minute that was.
  private var support = 0.0
  private var highestSupport = 0.0
  private var supportedEnd: Int

  /// Whether more came than expected, or less.
  public var direction: Direction { ratio < 1 ? .below : .above }

  /// Opens an incident and traces its start back from the minute it was noticed at.
  init(
    detectedAt minute: Int, window: ScoredWindow, floor: Int, scorer: WindowScorer,
    direction: Direction = .above
  ) {
    start = Self.traceStart(from: minute, floor: floor, scorer: scorer, direction)
    detected = minute + 1
    peak = window
    let count = Double(scorer.count(from: start, to: minute + 1))
    let expected = max(scorer.expected(from: start, to: minute + 1), 1e-9)
    ratio = direction == .above ? max(1.5, count / expected) : min(0.7, count / expected)
    expectedSoFar = 0
    expectedToEnd = 0
    supportedEnd = start + 1
    for past in start...minute { weigh(past, scorer: scorer) }
  }

  /// The start that makes the minutes up to now stand out most, among those with events in the
  /// longest window: a change-point estimate by maximum likelihood, as in a CUSUM chart.
  ///
  /// Of starts that are nearly as likely, within `startTolerance` nats, the latest is taken: events
  /// that happened to come shortly before belong to the usual. Of a drop, the likeliest.
  private static func traceStart(
    from minute: Int, floor: Int, scorer: WindowScorer, _ direction: Direction
  ) -> Int {
    let earliest = max(floor, minute + 1 - 240)
    // A drop may begin with any minute that has a forecast.
    let candidates =
      direction == .above
      ? scorer.activeMinutes(from: earliest, to: minute + 1).map { Int($0) }
      : Array(max(earliest, scorer.firstForecastMinute)...minute)
    let standouts = candidates.map { scorer.standout(from: $0, to: minute + 1, direction) }
    let tolerance = direction == .above ? startTolerance : 0
    let needed = (standouts.max() ?? 0) - tolerance
    for (candidate, standout) in zip(candidates, standouts).reversed() where standout >= needed {
      return candidate
    }
    return minute
  }

  private static let startTolerance = 3.0

  /// Takes a further minute in.
  mutating func advance(to minute: Int, scorer: WindowScorer, strongest: ScoredWindow?) {
    if let strongest, strongest.evidence > peak.evidence { peak = strongest }
    weigh(minute, scorer: scorer)
  }

  /// Weighs a minute's count under the rate at which it would go on against the usual one.
  ///
  /// Going on means a quarter of the incident's rate so far, or three times the usual, whichever
  /// is more: a lull is not an end. Of a drop it means twice its rate, or a quarter of the usual.
  private mutating func weigh(_ minute: Int, scorer: WindowScorer) {
    let count = Double(scorer.count(from: minute, to: minute + 1))
    let usual = max(scorer.expected(from: minute, to: minute + 1), 1e-9)
    let ongoing =
      usual
      * (direction == .above
        ? max(ratio / 4, min(ratio * 0.7, 3), 1.2) : min(max(2 * ratio, 0.25), 0.8))
    let spread = scorer.fano(around: minute)
    support += (count * log(ongoing / usual) - (ongoing - usual)) / spread
    expectedSoFar += usual
    // Minutes that say nothing belong to no insight: those without events, and of a drop those in
    // which none are expected.
    guard direction == .above ? support >= highestSupport && count > 0 : support > highestSupport
    else { return }
    highestSupport = support
    supportedEnd = minute + 1
    expectedToEnd = expectedSoFar
  }

  /// Whether enough quiet, and enough evidence of it, lies behind the last unusual minute.
  ///
  /// Where a night says little either way, an incident may rest as long as it has lasted: a level
  /// that moved is told once, and not again each morning.
  func isOver(at minute: Int) -> Bool {
    let quiet = minute + 1 - supportedEnd
    guard quiet >= InsightTracker.quietMinutes else { return false }
    return highestSupport - support >= 4 || quiet >= min(max(120, supportedEnd - start), 720)
  }

  mutating func close(asMovedLevel movedLevel: Bool) {
    end = supportedEnd
    isMovedLevel = movedLevel
  }
}
