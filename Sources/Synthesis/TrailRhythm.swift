// SPDX-License-Identifier: Apache-2.0

/// What all series of a trail share: its length, its outage and the backlog after it.
///
/// Minutes are counted from the first minute of the trail.
struct TrailRhythm: Sendable {
  let minuteCount: Int
  /// The weekday of the first day, 0 for Monday.
  let firstWeekday: Int
  /// Minutes without any event; empty where the trail is too short to have an outage.
  private(set) var outage = 0..<0
  /// Minutes in which clients retry what the outage kept them from.
  private(set) var backlog = 0..<0
  private(set) var backlogFactor = 1.0

  static let shortestTrailWithOutage = 14 * 1440

  init(minuteCount: Int, firstWeekday: Int, seed: UInt64) {
    self.minuteCount = minuteCount
    self.firstWeekday = firstWeekday
    guard minuteCount >= Self.shortestTrailWithOutage else { return }
    var random = SeededGenerator(seed: seed, 1)
    let start = random.integer(8 * 1440, minuteCount - 2 * 1440)
    outage = start..<start + random.integer(60, 240)
    backlog = outage.upperBound..<outage.upperBound + random.integer(10, 30)
    backlogFactor = random.uniform(2, 4)
  }

  /// The factor on every rate.
  func factor(_ minute: Int) -> Double {
    if outage.contains(minute) { return 0 }
    return backlog.contains(minute) ? backlogFactor : 1
  }

  /// The part that minutes outside of the outage have of a length.
  func openFraction(_ minutes: Range<Int>, of length: Int) -> Double {
    Double(minutes.count - minutes.clamped(to: outage).count) / Double(length)
  }

  /// Whether nothing of the outage or its backlog lies near these minutes.
  func isQuiet(_ minutes: Range<Int>) -> Bool {
    minutes.upperBound + 240 < outage.lowerBound || minutes.lowerBound > backlog.upperBound + 240
      || outage.isEmpty
  }
}
