// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A job that runs every hour near the same minute, seen in the day's counts folded by the hour.
///
/// A series has one where half of its events and more fall into a few minutes of the hour, on half
/// of the hours and more. Which minutes, the events say: a job that takes six and starts a little
/// early or late fills ten.
struct HourlySchedule: Codable, Sendable {
  /// Minutes of the longest window; a job that fills more is none.
  static let longest = 15
  private static let memory = 0.8

  /// Events by minute of the hour, days forgotten.
  private var phases = [Double](repeating: 0, count: 60)
  /// Hours, hours with events in the window, and the sums of their counts and squares.
  private var hours = 0.0
  private var hits = 0.0
  private var sum = 0.0
  private var squares = 0.0
  /// The window of the hour, its first minute plus 60 times its length; `nil` while there is none.
  ///
  /// One number, since states are coded by position and earlier ones hold the first minute alone.
  private var window: Int?

  /// The first minute of the window, and its length: seven in states of before there was a choice.
  private var job: (start: Int, width: Int)? {
    window.map { ($0 % 60, $0 < 60 ? 7 : $0 / 60) }
  }

  /// Learns a day: the events by minute of the day.
  mutating func learn(_ minutes: [Int], counts: [Int]) {
    for index in phases.indices { phases[index] *= Self.memory }
    for (minute, count) in zip(minutes, counts) { phases[minute % 60] += Double(min(count, 50)) }
    let total = phases.reduce(0, +)
    guard total >= 20, let window = Self.window(phases, total: total) else {
      self = HourlySchedule(phases: phases)
      return
    }
    let (first, width) = window
    var perHour = [Double](repeating: 0, count: 24)
    for (minute, count) in zip(minutes, counts) where (minute + 60 - first) % 60 < width {
      perHour[(minute + 1440 - first) / 60 % 24] += Double(count)
    }
    hours = hours * Self.memory + 24
    hits = hits * Self.memory + Double(perHour.filter { $0 > 0 }.count)
    sum = sum * Self.memory + perHour.reduce(0, +)
    squares = squares * Self.memory + perHour.reduce(0) { $0 + $1 * $1 }
    self.window = hits >= 0.5 * hours ? first + 60 * width : nil
  }

  init() {}

  private init(phases: [Double]) { self.phases = phases }

  /// The minutes of the hour, at most `longest` on end, that hold most beyond what a minute holds
  /// elsewhere, the median, and a hundredth of all; `nil` if they hold less than half of all.
  private static func window(_ phases: [Double], total: Double) -> (start: Int, width: Int)? {
    let usual = phases.sorted()[phases.count / 2] + 0.01 * total
    var best = (start: 0, width: 1, sum: 0.0, beyond: 0.0)
    for start in phases.indices {
      var (sum, beyond) = (0.0, 0.0)
      for width in 1...longest {
        let events = phases[(start + width - 1) % 60]
        sum += events
        beyond += events - usual
        if beyond > best.beyond { best = (start, width, sum, beyond) }
      }
    }
    return best.sum >= 0.5 * total ? (best.start, best.width) : nil
  }

  func contains(_ minute: Int) -> Bool {
    guard let job else { return false }
    return (minute % 60 + 60 - job.start) % 60 < job.width
  }

  /// Whether a burst lies in part in the job's minutes: the first ones came before it was known.
  func meets(_ episode: Episode) -> Bool {
    (episode.start..<episode.start + episode.duration).contains { contains($0) }
  }

  /// The bursts of a day.
  var bursts: [ScheduledBurst] {
    guard let job else { return [] }
    let mean = sum / hours
    let deviation = (max(squares / hours - mean * mean, mean) * 1.2).squareRoot()
    return (-1..<24).map { hour in
      ScheduledBurst(
        earliest: hour * 60 + job.start, latest: hour * 60 + job.start + job.width, mean: mean,
        deviation: deviation)
    }
  }
}
