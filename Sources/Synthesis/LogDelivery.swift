// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Decides which log file brings which event: late, out of order, and sometimes twice.
struct LogDelivery {
  /// Minutes between two files of a source.
  let interval: Int
  let firstSecond: Int

  /// Chooses the interval so that a file holds some two hundred events, as 5 minutes of a busy
  /// account do, and a trail does not fall into too many files.
  init(events: Int, sources: Int, minutes: Int, firstSecond: Int) {
    let files = max(1, events / 200)
    interval = min(1440, max(5, sources * minutes / files / 5 * 5))
    self.firstSecond = firstSecond
  }

  /// Returns the files' delivery times, in seconds since 1970, with their events.
  func files(
    _ events: [SyntheticEvent], _ random: inout SeededGenerator
  ) -> [(time: Int, events: [SyntheticEvent])] {
    var slots: [[SyntheticEvent]] = []
    func deliver(_ event: SyntheticEvent, in slot: Int) {
      while slots.count <= slot { slots.append([]) }
      slots[slot].append(event)
    }
    for (number, event) in events.enumerated() {
      let slot = slot(event, &random)
      deliver(event, in: slot)
      if random.chance(0.005) { deliver(event, in: slot + random.integer(1, 3)) }
      if number % 50_000 == 100 {
        var correction = event
        correction.isCorrection = true
        deliver(correction, in: slot + 2)
      }
    }
    return slots.enumerated().compactMap { slot, events in
      guard !events.isEmpty else { return nil }
      var events = events
      random.permute(&events)
      return (firstSecond + slot * interval * 60, events)
    }
  }

  /// Most events arrive after 2 to 15 minutes, some after 45, few after hours.
  private func slot(_ event: SyntheticEvent, _ random: inout SeededGenerator) -> Int {
    let late = random.uniform()
    let spread = random.uniform()
    let delay =
      switch late {
      case ..<0.0005: 3600 + 14400 * spread
      case ..<0.01: 900 + 1800 * spread
      default: 120 + 780 * spread * spread
      }
    return (event.time - firstSecond + Int(delay)) / (interval * 60) + 1
  }
}
