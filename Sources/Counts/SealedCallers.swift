// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Who made the calls of the days that are over, each day packed by itself.
public struct SealedCallers: Sendable {
  /// The numbers by which all days know the series.
  private var numbers: [SeriesKey: Int] = [:]
  /// Ascending by day; a day stands twice where events of it came late.
  private var days: [(day: Int, callers: PackedCallers)] = []

  /// Creates what knows of no day.
  public init() {}

  var isEmpty: Bool { days.isEmpty }

  /// Adds the counts of a day that is over.
  public mutating func add(_ table: CountTable, day: Int) {
    let history = CountHistory(table)
    let numbers = history.series.map { counts in
      let number = self.numbers[counts.key] ?? self.numbers.count
      self.numbers[counts.key] = number
      return number
    }
    let packed = PackedCallers(history, day: day, numbers: numbers)
    days.insert((day, packed), at: (days.lastIndex { $0.day <= day } ?? -1) + 1)
  }

  /// Forgets the days before one.
  public mutating func dropDays(before day: Int) { days.removeAll { $0.day < day } }

  /// Forgets of the days before one which events show the calls.
  public mutating func dropEvidence(before day: Int) {
    for index in days.indices where days[index].day < day { days[index].callers.dropEvidence() }
  }

  /// Returns the events of each value of each attribute of a series in some minutes.
  func values(of key: SeriesKey, in minutes: Range<Int>) -> [Attribute: [String: Int]] {
    guard let number = numbers[key] else { return [:] }
    var sums: [Attribute: [String: Int]] = [:]
    for (_, callers) in days(in: minutes) {
      for (attribute, counts) in callers.values(of: number, in: minutes) {
        sums[attribute, default: [:]].merge(counts, uniquingKeysWith: +)
      }
    }
    return sums
  }

  /// Returns the events that show the calls of a series in some minutes, the earliest first.
  func evidence(of key: SeriesKey, in minutes: Range<Int>) -> [EvidenceEvent] {
    guard let number = numbers[key] else { return [] }
    return days(in: minutes).flatMap { $0.callers.evidence(of: number, in: minutes) }
  }

  private func days(in minutes: Range<Int>) -> [(day: Int, callers: PackedCallers)] {
    days.filter { day, _ in
      minutes.overlaps(day * Minute.minutesPerDay..<(day + 1) * Minute.minutesPerDay)
    }
  }
}
