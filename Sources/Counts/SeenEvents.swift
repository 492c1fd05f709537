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
  private var fresh: [DuplicateFilter.Mark] = []
  /// By day, the marks of events that were not taken yet.
  private var freshMarks: [Int: [DuplicateFilter.Mark]] = [:]
  private let isKept: Bool

  /// Creates a memory that has seen nothing.
  ///
  /// - Parameter isKept: whether marks will be taken with `takeFreshMarks()`.
  public init(isKept: Bool = false) {
    self.isKept = isKept
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
    if isKept { fresh.append(mark) }
    return nil
  }

  /// Looks at the place of an event of the day asked for last.
  func touch(_ mark: DuplicateFilter.Mark) -> UInt32 { filter.touch(mark) }

  /// Looks at a day; at none where it is `.min`.
  private mutating func select(_ day: Int) {
    if self.day != .min {
      (days[self.day], sealedDays[self.day]) = (filter, sealed)
      freshMarks[self.day] = fresh.isEmpty ? nil : fresh
    }
    fresh = freshMarks.removeValue(forKey: day) ?? []
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
  public mutating func sealDays(before bound: Int) {
    select(.min)
    for (day, filter) in days where day < bound {
      sealedDays[day, default: SealedMarks()].add(filter.marks)
      days[day] = nil
    }
  }

  // MARK: Kept between runs

  /// The days of events seen since they were taken last.
  public var freshDays: [Int] { Array(freshMarks.keys) + (fresh.isEmpty ? [] : [day]) }

  /// Takes the marks of events seen since the last time away, by day, ascending.
  public mutating func takeFreshMarks() -> [(day: Int, marks: [UInt8])] {
    if !fresh.isEmpty { freshMarks[day] = fresh }
    defer { (fresh, freshMarks) = ([], [:]) }
    return freshMarks.sorted { $0.key < $1.key }.map { ($0.key, SealedMarks.bytes(of: $0.value)) }
  }

  /// Takes note of events of a day that a run before this one saw.
  public mutating func restore(_ marks: [UInt8], day: Int) {
    if day == self.day { select(.min) }
    sealedDays[day, default: SealedMarks()].add(SealedMarks.marks(from: marks))
  }

  /// Forgets the events of days before one.
  public mutating func dropDays(before day: Int) {
    if self.day < day { select(.min) }
    days = days.filter { $0.key >= day }
    sealedDays = sealedDays.filter { $0.key >= day }
  }
}

/// Marks of events of one day in 12 bytes each, sorted once somebody asks.
private struct SealedMarks: Sendable {
  private static let markLength = 12

  /// By mark, ascending.
  private var highs: [UInt64] = []
  private var lows: [UInt32] = []
  /// Marks that came since.
  private var added: [DuplicateFilter.Mark] = []

  var isEmpty: Bool { highs.isEmpty && added.isEmpty }

  mutating func add(_ marks: [DuplicateFilter.Mark]) { added += marks }

  /// Sorts what was added in.
  mutating func sort() {
    guard !added.isEmpty else { return }
    var marks = Array(zip(highs, lows)) + added.map { ($0.high, $0.low) }
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

  // MARK: As bytes

  static func bytes(of marks: [DuplicateFilter.Mark]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(marks.count * markLength)
    for mark in marks {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: mark.high >> UInt64(shift)))
      }
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: mark.low >> UInt32(shift)))
      }
    }
    return bytes
  }

  static func marks(from bytes: [UInt8]) -> [DuplicateFilter.Mark] {
    stride(from: 0, through: bytes.count - markLength, by: markLength).map { start in
      DuplicateFilter.Mark(
        high: bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) },
        low: bytes[start + 8..<start + markLength].reduce(0) { $0 << 8 | UInt32($1) })
    }
  }
}
