// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Knows which events were seen, by the day of their `eventTime`, so that old days can be dropped.
///
/// A copy has the `eventTime` of its original, so it is looked for on its own day alone.
public struct SeenEvents: Sendable {
  /// The number of the file that held an event in a run before this one, or on a day since sealed.
  public static let earlierRun = Int(UInt32.max) - 1

  private var days: [Int: DuplicateFilter] = [:]
  /// The events of days that are sealed, or that an earlier run saw.
  private var sealedDays: [Int: SealedMarks] = [:]
  /// The day asked for last, apart, so that a lookup mostly costs a comparison.
  private var day = Int.min
  private var filter = DuplicateFilter()
  private var sealed = SealedMarks()
  /// By day, the marks of events seen since the day was sealed; `nil` where nobody wants them.
  private var log: [Int: [UInt8]]?
  /// By day, how many bytes of the log were taken.
  private var takenCounts: [Int: Int] = [:]

  /// Creates a memory that has seen nothing.
  ///
  /// - Parameter isKept: whether marks will be taken with `takeFreshMarks()`, or days sealed.
  public init(isKept: Bool = false) {
    log = isKept ? [:] : nil
  }

  /// Notes an event and tells where it was seen before.
  ///
  /// - Parameters:
  ///   - mark: the event.
  ///   - day: the day of its `eventTime`, since 1970-01-01.
  ///   - file: the number of the file that holds it now.
  /// - Returns: the number of the file it was first seen in, `nil` when it is new.
  public mutating func insert(_ mark: DuplicateFilter.Mark, day: Int, file: Int) -> Int? {
    if day != self.day { select(day) }
    if !sealed.isEmpty, sealed.contains(mark) { return Self.earlierRun }
    if let earlier = filter.insert(mark, file: file) { return earlier }
    log?[day, default: []].append(mark)
    return nil
  }

  /// Looks at the place of an event of the day asked for last.
  func touch(_ mark: DuplicateFilter.Mark) -> UInt32 { filter.touch(mark) }

  /// Looks at a day; at none where it is `.min`.
  private mutating func select(_ day: Int) {
    if self.day != .min { (days[self.day], sealedDays[self.day]) = (filter, sealed) }
    filter = days.removeValue(forKey: day) ?? DuplicateFilter(expecting: usualCount)
    sealed = sealedDays.removeValue(forKey: day) ?? SealedMarks()
    sealed.sort()
    self.day = day
  }

  /// Events of a day, as the days at hand have them: a day that begins gets room for as many.
  private var usualCount: Int {
    days.isEmpty ? 0 : days.values.reduce(0) { $0 + $1.count } / days.count
  }

  /// Packs what is known of the days before one, few of whose events are still to come; only their
  /// marks are kept, not their files.
  ///
  /// - Precondition: marks are kept.
  public mutating func sealDays(before bound: Int) {
    precondition(log != nil, "what was not kept cannot be sealed")
    select(.min)
    for (day, marks) in log ?? [:] where day < bound {
      sealedDays[day, default: SealedMarks()].add(marks)
      days[day] = nil
      let fresh = marks[(takenCounts.removeValue(forKey: day) ?? 0)...]
      log?[day] = fresh.isEmpty ? nil : Array(fresh)
    }
  }

  // MARK: Kept between runs

  /// The days of events seen since they were taken last.
  public var freshDays: [Int] {
    (log ?? [:]).compactMap { $0.value.count > takenCounts[$0.key] ?? 0 ? $0.key : nil }
  }

  /// Takes the marks of events seen since the last time away, by day, ascending.
  public mutating func takeFreshMarks() -> [(day: Int, marks: [UInt8])] {
    var fresh: [(day: Int, marks: [UInt8])] = []
    for (day, marks) in (log ?? [:]).sorted(by: { $0.key < $1.key }) {
      let taken = takenCounts[day] ?? 0
      takenCounts[day] = marks.count
      if taken < marks.count { fresh.append((day, Array(marks[taken...]))) }
    }
    return fresh
  }

  /// Takes note of events of a day that a run before this one saw.
  public mutating func restore(_ marks: [UInt8], day: Int) {
    if day == self.day { select(.min) }
    sealedDays[day, default: SealedMarks()].add(marks)
  }

  /// Forgets the events of days before one.
  public mutating func dropDays(before day: Int) {
    if self.day < day { select(.min) }
    days = days.filter { $0.key >= day }
    sealedDays = sealedDays.filter { $0.key >= day }
    takenCounts = takenCounts.filter { $0.key >= day }
  }
}

/// Marks of events of one day in 12 bytes each, sorted once somebody asks.
private struct SealedMarks: Sendable {
  private static let markLength = 12

  /// By mark, ascending.
  private var highs: [UInt64] = []
  private var lows: [UInt32] = []
  /// Marks that came since.
  private var added: [UInt8] = []

  var isEmpty: Bool { highs.isEmpty && added.isEmpty }

  /// Adds marks as bytes.
  mutating func add(_ marks: [UInt8]) { added += marks }

  /// Sorts what was added in.
  mutating func sort() {
    guard !added.isEmpty else { return }
    var marks = Array(zip(highs, lows))
    marks.reserveCapacity(marks.count + added.count / Self.markLength)
    for start in stride(from: 0, through: added.count - Self.markLength, by: Self.markLength) {
      let high = added[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
      let low = added[start + 8..<start + 12].reduce(0) { $0 << 8 | UInt32($1) }
      marks.append((high, low))
    }
    marks.sort { $0 < $1 }
    highs = marks.map(\.0)
    lows = marks.map(\.1)
    added = []
  }

  /// Whether a mark is among those that are sorted.
  func contains(_ mark: DuplicateFilter.Mark) -> Bool {
    var index = lowerBound(mark.high)
    while index < highs.count, highs[index] == mark.high {
      if lows[index] == mark.low { return true }
      index += 1
    }
    return false
  }

  private func lowerBound(_ high: UInt64) -> Int {
    var low = 0
    var end = highs.count
    while low < end {
      let middle = (low + end) / 2
      if highs[middle] < high { low = middle + 1 } else { end = middle }
    }
    return low
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ mark: DuplicateFilter.Mark) {
    for shift in stride(from: 56, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: mark.high >> UInt64(shift)))
    }
    for shift in stride(from: 24, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: mark.low >> UInt32(shift)))
    }
  }
}
