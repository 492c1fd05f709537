// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// The counts of one series: its minutes with events, ascending.
///
/// What is packed takes less memory and is left out where nothing else is said; `unpacked` has it.
public struct SeriesCounts: Sendable {
  /// What is counted.
  public let key: SeriesKey
  /// The minutes before those at hand.
  private var packed = PackedMinutes([])
  /// Minutes since 1970-01-01T00:00Z that have events, ascending.
  public private(set) var minutes: [Int32]
  /// The lower half of the events before each of `minutes`, and behind the last one of all of them:
  /// nearly always, the upper half is 0.
  private var sums: [UInt32]
  /// The indices of `sums` from which on the upper half is one more, ascending.
  private var carries: [Int] = []

  /// Creates the counts of a series.
  ///
  /// - Precondition: `minutes` ascend without repeats; there are as many counts, each within 32 bits.
  public init(key: SeriesKey, minutes: [Int32], counts: [Int]) {
    precondition(minutes.count == counts.count, "every minute needs a count")
    self.key = key
    self.minutes = minutes
    sums = [0]
    sums.reserveCapacity(counts.count + 1)
    for count in counts { append(count) }
  }

  /// Events before the minute at an index of `minutes`.
  @inline(__always)
  private func sum(before index: Int) -> Int {
    carries.isEmpty
      ? Int(sums[index]) : Int(sums[index]) + carries.count { $0 <= index } << UInt32.bitWidth
  }

  /// How many minutes have events, packed ones among them.
  public var minuteCount: Int { packed.count + minutes.count }

  /// All events.
  public var total: Int { sum(before: minutes.count) }

  /// Events in the minute at an index of `minutes`.
  public func count(at index: Int) -> Int { Int(sums[index + 1] &- sums[index]) }

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
    sum(before: indices.upperBound) - sum(before: indices.lowerBound)
  }

  /// Events from one minute up to, not including, another.
  public func total(from start: Int, to end: Int) -> Int {
    sum(before: lowerBound(end)) - sum(before: lowerBound(start))
  }

  // MARK: Growing

  /// Adds events to a minute.
  ///
  /// - Complexity: O(1) for the newest minute, O(n) in the minutes behind an older one.
  public mutating func add(_ count: Int, minute: Int) {
    if let last = packed.last, minute <= Int(last) {
      var whole = unpacked
      whole.add(count, minute: minute)
      self = whole
      return pack(before: Int(last) + 1)
    }
    if let last = minutes.last, Int(last) >= minute { return insert(count, minute: minute) }
    makeRoom()
    minutes.append(Int32(truncatingIfNeeded: minute))
    append(count)
  }

  private mutating func append(_ count: Int) {
    let last = sums[sums.count - 1]
    let (next, overflow) = last.addingReportingOverflow(UInt32(clamping: count))
    if overflow { carries.append(sums.count) }
    sums.append(next)
  }

  private mutating func insert(_ count: Int, minute: Int) {
    let index = lowerBound(minute)
    if Int(minutes[index]) != minute {
      makeRoom()
      minutes.insert(Int32(truncatingIfNeeded: minute), at: index)
      sums.insert(sums[index], at: index)
    }
    let added = UInt32(clamping: count)
    var isCarried = !carries.isEmpty
    for later in index + 1..<sums.count {
      let (sum, overflow) = sums[later].addingReportingOverflow(added)
      sums[later] = sum
      if overflow { isCarried = true }
    }
    if isCarried { findCarries() }
  }

  /// Why not leave it to the arrays: they double, and a run holds the last days of very many series.
  private mutating func makeRoom() {
    guard minutes.count == minutes.capacity else { return }
    let capacity = minutes.count + minutes.count / 8 + 4
    minutes.reserveCapacity(capacity)
    sums.reserveCapacity(capacity + 1)
  }

  private mutating func findCarries() {
    carries = sums.indices.dropFirst().filter { sums[$0] < sums[$0 - 1] }
  }

  // MARK: Packing

  /// The same with all minutes at hand.
  ///
  /// - Complexity: O(n).
  public var unpacked: SeriesCounts {
    guard packed.count > 0 else { return self }
    let all = packed.all
    return SeriesCounts(
      key: key, minutes: all.map(\.minute) + minutes,
      counts: all.map(\.count) + minutes.indices.map(count(at:)))
  }

  /// Packs the minutes before one, and forgets those before an older one.
  ///
  /// - Complexity: O(n).
  public mutating func pack(before minute: Int, dropping oldest: Int = .min) {
    let first = lowerBound(minute)
    guard first > 0 || packed.first.map({ Int($0) < oldest }) ?? false else { return }
    let whole = unpacked
    let start = whole.lowerBound(oldest)
    let end = max(start, whole.lowerBound(minute))
    packed = PackedMinutes((start..<end).lazy.map { (whole.minutes[$0], whole.count(at: $0)) })
    minutes = Array(whole.minutes[end...])
    sums = whole.sums[end...].map { $0 &- whole.sums[end] }
    if !whole.carries.isEmpty { findCarries() }
  }
}
