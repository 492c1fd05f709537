// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The counts of one series: its minutes with events, ascending.
public struct SeriesCounts: Sendable {
  /// What is counted.
  public let key: SeriesKey
  /// Minutes since 1970-01-01T00:00Z that have events, ascending.
  public private(set) var minutes: [Int32]
  /// Events before each of `minutes`, and behind the last one all of them: `minutes.count + 1`.
  public private(set) var cumulative: [Int]

  /// Creates the counts of a series.
  ///
  /// - Precondition: `minutes` ascend without repeats; there are as many counts.
  public init(key: SeriesKey, minutes: [Int32], counts: [Int]) {
    precondition(minutes.count == counts.count, "every minute needs a count")
    self.key = key
    self.minutes = minutes
    var sum = 0
    var cumulative = [0]
    cumulative.reserveCapacity(counts.count + 1)
    for count in counts {
      sum += count
      cumulative.append(sum)
    }
    self.cumulative = cumulative
  }

  /// All events.
  public var total: Int { cumulative[minutes.count] }

  /// Events in the minute at an index of `minutes`.
  public func count(at index: Int) -> Int { cumulative[index + 1] - cumulative[index] }

  /// Index of the first minute at or after a minute.
  ///
  /// - Complexity: O(log n).
  public func lowerBound(_ minute: Int) -> Int {
    var low = 0
    var high = minutes.count
    while low < high {
      let middle = (low + high) / 2
      if Int(minutes[middle]) < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Index of the first minute at or after a minute, where none of those from an index on is before
  /// it.
  ///
  /// - Complexity: O(log n) in the distance from that index.
  public func lowerBound(_ minute: Int, before end: Int) -> Int {
    var high = end
    var step = 1
    while high >= step, Int(minutes[high - step]) >= minute {
      high -= step
      step *= 2
    }
    var low = max(0, high - step)
    while low < high {
      let middle = (low + high) / 2
      if Int(minutes[middle]) < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Events in the minutes at some indices of `minutes`.
  public func total(at indices: Range<Int>) -> Int {
    cumulative[indices.upperBound] - cumulative[indices.lowerBound]
  }

  /// Events from one minute up to, not including, another.
  public func total(from start: Int, to end: Int) -> Int {
    cumulative[lowerBound(end)] - cumulative[lowerBound(start)]
  }

  // MARK: Growing

  /// Adds events to a minute.
  ///
  /// - Complexity: O(1) for the newest minute, O(n) in the minutes behind an older one.
  public mutating func add(_ count: Int, minute: Int) {
    if let last = minutes.last, Int(last) >= minute { return insert(count, minute: minute) }
    cumulative.append(total + count)
    minutes.append(Int32(truncatingIfNeeded: minute))
  }

  private mutating func insert(_ count: Int, minute: Int) {
    let index = lowerBound(minute)
    if Int(minutes[index]) != minute {
      minutes.insert(Int32(truncatingIfNeeded: minute), at: index)
      cumulative.insert(cumulative[index], at: index)
    }
    for later in index + 1..<cumulative.count { cumulative[later] += count }
  }

  /// Forgets the minutes before one.
  ///
  /// - Complexity: O(n).
  public mutating func dropMinutes(before minute: Int) {
    let first = lowerBound(minute)
    guard first > 0 else { return }
    let dropped = cumulative[first]
    minutes.removeFirst(first)
    cumulative.removeFirst(first)
    for index in cumulative.indices { cumulative[index] -= dropped }
  }
}
