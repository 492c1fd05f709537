// SPDX-License-Identifier: Apache-2.0
import Counts
import TestSupport
import Vocabulary

/// Histories with a known law, to plant incidents in.
struct PlantedHistory {
  let days: Int
  private var generator: SeededGenerator
  private(set) var minutes: [String: [Int]] = [:]
  /// Monday 2026-01-05.
  let firstMinute = 20458 * 1440

  init(seed: UInt64, days: Int = 14) {
    self.days = days
    generator = SeededGenerator(seed: seed)
  }

  /// Adds a series of a rate a minute; `Name!Code` is one of errors.
  mutating func add(_ name: String, rate: (Int) -> Double) {
    minutes[name] = (0..<days * 1440).map { poisson(rate($0)) }
  }

  /// Adds events to a series, so many in each of some minutes.
  mutating func plant(_ name: String, from start: Int, minutes length: Int, count: Int) {
    for minute in start..<start + length { minutes[name]?[minute] += count }
  }

  /// Empties minutes of a series.
  mutating func silence(_ name: String, _ range: Range<Int>) {
    for minute in range { minutes[name]?[minute] = 0 }
  }

  /// Empties minutes of all series.
  mutating func silence(_ range: Range<Int>) {
    for name in minutes.keys { silence(name, range) }
  }

  func history(days: Int? = nil) -> CountHistory {
    history(
      of: minutes.mapValues { counts in
        Dictionary(
          uniqueKeysWithValues: counts.prefix((days ?? self.days) * 1440).enumerated().map {
            ($0, $1)
          })
      })
  }

  /// The counts of a day by series and minute.
  func counts(ofDay day: Int) -> [String: [Int: Int]] {
    minutes.mapValues { counts in
      let range = day * 1440..<(day + 1) * 1440
      return Dictionary(uniqueKeysWithValues: range.map { ($0, counts[$0]) })
    }
  }

  /// Makes a history of counts by series and minute.
  func history(of counts: [String: [Int: Int]]) -> CountHistory { CountHistory(table(of: counts)) }

  /// Makes a table of counts by series and minute.
  func table(of counts: [String: [Int: Int]]) -> CountTable {
    var csv =
      "minute,insight_type,recipient_account_id,aws_region,event_category,event_source,event_name,"
      + "error_code,count\n"
    for (name, counts) in counts {
      let parts = name.split(separator: "!")
      let (type, code) = parts.count > 1 ? ("Error", parts[1]) : ("Call", "")
      for (minute, count) in counts where count > 0 {
        csv += Minute(sinceEpoch: firstMinute + minute).rfc3339
        csv += ",Api\(type)RateInsight,111122223333,us-east-1,Management,x.amazonaws.com,"
        csv += "\(parts[0]),\(code),\(count)\n"
      }
    }
    var parser = CountsParser()
    parser.read(Array(csv.utf8), file: "planted")
    return parser.table
  }

  /// Knuth's product method; for small means.
  private mutating func poisson(_ mean: Double) -> Int {
    guard mean > 0 else { return 0 }
    var product = Double.random(in: 0..<1, using: &generator)
    var count = 0
    let limit = exponential(-mean)
    while product > limit {
      product *= Double.random(in: 0..<1, using: &generator)
      count += 1
    }
    return count
  }

  /// e to a power of at most 0, by its series after halving.
  private func exponential(_ power: Double) -> Double {
    if power < -0.5 {
      let half = exponential(power / 2)
      return half * half
    }
    return (1...14).reversed().reduce(1.0) { 1 + power / Double($1) * $0 }
  }
}
