// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A job that runs every hour near the same minute, seen in the day's counts folded by the hour.
///
/// A series has one where half of its events and more fall into seven minutes of the hour, on half
/// of the hours and more. Chance puts 7/60 there.
struct HourlySchedule: Codable, Sendable {
  static let width = 7
  private static let memory = 0.8

  /// Events by minute of the hour, days forgotten.
  private var phases = [Double](repeating: 0, count: 60)
  /// Hours, hours with events in the window, and the sums of their counts and squares.
  private var hours = 0.0
  private var hits = 0.0
  private var sum = 0.0
  private var squares = 0.0
  /// The first minute of the window of the hour; `nil` while there is none.
  private(set) var start: Int?

  /// Learns a day: the events by minute of the day.
  mutating func learn(_ minutes: [Int], counts: [Int]) {
    for index in phases.indices { phases[index] *= Self.memory }
    for (minute, count) in zip(minutes, counts) { phases[minute % 60] += Double(min(count, 50)) }
    let total = phases.reduce(0, +)
    var best = (sum: 0.0, start: 0)
    for first in 0..<60 {
      let inside = (0..<Self.width).reduce(0) { $0 + phases[(first + $1) % 60] }
      if inside > best.sum { best = (inside, first) }
    }
    guard total >= 20, best.sum >= 0.5 * total else {
      self = HourlySchedule(phases: phases)
      return
    }
    // The middle of the window goes where most events are.
    let middle = Self.middle(phases, window: best.start)
    let first = (middle + 60 - Self.width / 2) % 60
    var perHour = [Double](repeating: 0, count: 24)
    for (minute, count) in zip(minutes, counts) where (minute + 60 - first) % 60 < Self.width {
      perHour[(minute + 1440 - first) / 60 % 24] += Double(count)
    }
    hours = hours * Self.memory + 24
    hits = hits * Self.memory + Double(perHour.filter { $0 > 0 }.count)
    sum = sum * Self.memory + perHour.reduce(0, +)
    squares = squares * Self.memory + perHour.reduce(0) { $0 + $1 * $1 }
    start = hits >= 0.5 * hours ? first : nil
  }

  init() {}

  private init(phases: [Double]) { self.phases = phases }

  private static func middle(_ phases: [Double], window: Int) -> Int {
    var sum = 0.0
    var moment = 0.0
    for offset in 0..<width {
      sum += phases[(window + offset) % 60]
      moment += Double(offset) * phases[(window + offset) % 60]
    }
    return window + Int((moment / max(sum, 1e-9)).rounded())
  }

  func contains(_ minute: Int) -> Bool {
    guard let start else { return false }
    return (minute % 60 + 60 - start) % 60 < Self.width
  }

  /// The bursts of a day.
  var bursts: [ScheduledBurst] {
    guard let start else { return [] }
    let mean = sum / hours
    let deviation = (max(squares / hours - mean * mean, mean) * 1.2).squareRoot()
    return (-1..<24).map { hour in
      ScheduledBurst(
        earliest: hour * 60 + start, latest: hour * 60 + start + Self.width, mean: mean,
        deviation: deviation)
    }
  }
}
