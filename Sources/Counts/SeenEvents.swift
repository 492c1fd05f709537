// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Knows which events were seen, by the day of their `eventTime`, so that old days can be dropped.
///
/// A copy has the `eventTime` of its original, so it is looked for on its own day alone.
public struct SeenEvents: Sendable {
  /// The number of the file that held an event in a run before this one.
  public static let earlierRun = Int(UInt32.max) - 1

  private var days: [Int: DuplicateFilter] = [:]
  /// The day asked for last, apart, so that a lookup mostly costs a comparison.
  private var day = Int.min
  private var filter = DuplicateFilter()
  /// By day, the marks of events seen since they were taken last; `nil` where nobody takes them.
  private var fresh: [Int: [UInt8]]?

  /// Creates a memory that has seen nothing.
  ///
  /// - Parameter isKept: whether marks will be taken with `takeFreshMarks()`.
  public init(isKept: Bool = false) {
    fresh = isKept ? [:] : nil
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
    if let earlier = filter.insert(mark, file: file) { return earlier }
    fresh?[day, default: []].append(mark)
    return nil
  }

  /// Looks at the place of an event of the day asked for last.
  func touch(_ mark: DuplicateFilter.Mark) -> UInt32 { filter.touch(mark) }

  private mutating func select(_ day: Int) {
    if self.day != .min { days[self.day] = filter }
    filter = days.removeValue(forKey: day) ?? DuplicateFilter()
    self.day = day
  }

  // MARK: Kept between runs

  private static let markLength = 12

  /// The days of events seen since they were taken last.
  public var freshDays: [Int] { Array((fresh ?? [:]).keys) }

  /// Takes the marks of events seen since the last time away, by day, ascending.
  public mutating func takeFreshMarks() -> [(day: Int, marks: [UInt8])] {
    let marks = (fresh ?? [:]).sorted { $0.key < $1.key }.map { (day: $0.key, marks: $0.value) }
    if fresh != nil { fresh = [:] }
    return marks
  }

  /// Takes note of events of a day that a run before this one saw.
  public mutating func restore(_ marks: [UInt8], day: Int) {
    if day != self.day { select(day) }
    for start in stride(from: 0, through: marks.count - Self.markLength, by: Self.markLength) {
      let high = marks[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
      let low = marks[start + 8..<start + 12].reduce(0) { $0 << 8 | UInt32($1) }
      _ = filter.insert(DuplicateFilter.Mark(high: high, low: low), file: Self.earlierRun)
    }
  }

  /// Forgets the events of days before one.
  public mutating func dropDays(before day: Int) {
    days = days.filter { $0.key >= day }
    guard self.day < day else { return }
    self.day = .min
    filter = DuplicateFilter()
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
