// SPDX-License-Identifier: Apache-2.0
import Bytes
import Counts
import Events
import Vocabulary

/// The reading half of a stream: bytes in, counts of new events out, portion by portion.
struct StreamReading: ~Copyable {
  private var decoder: EventDecoder
  private var batch = EventBatch()
  /// By day: what is counted of one goes on as it is, in place of being added to other counts.
  private var counters: [Int: EventCounter] = [:]
  private var accounts = AccountHashes()
  /// Of the batch at hand.
  private var accountHashes: [UInt64] = []
  private var admission: Admission
  private let countsAggregated: Bool
  /// What was covered since it was taken last.
  private var coverage = Coverage()
  /// Events counted since the counts were taken last.
  var unsettledCount: Int { admission.admittedCount }
  /// The newest second with an event that counts.
  private(set) var newestSecond: Int?

  init(options: DetectionOptions, seen: SeenEvents) {
    countsAggregated = options.countsAggregated
    decoder = EventDecoder(readsAggregated: countsAggregated, callers: .ofCounted)
    admission = Admission(seen: seen)
    admission.fileReadOnce = 0
  }

  /// Few events of the days before it, since 1970-01-01, are still to come.
  mutating func sealDays(before day: Int) { admission.seen.sealDays(before: day) }

  /// Events of days before it, since 1970-01-01, are too old to be known again.
  mutating func dropDays(before day: Int) {
    admission.oldestDay = day
    admission.seen.dropDays(before: day)
  }

  /// Reads whole values; what is no event is a fault.
  ///
  /// - Parameters:
  ///   - bytes: as they came.
  ///   - offset: how many came before them.
  mutating func read(_ bytes: borrowing PaddedBuffer, offset: Int) {
    var batch = EventBatch()
    swap(&batch, &self.batch)
    batch.removeAll()
    decoder.decode(bytes, origin: EventOrigin(file: "-", offset: offset), into: &batch)
    accountHashes.removeAll(keepingCapacity: true)
    for event in batch.events {
      accountHashes.append(accounts.hash(of: event.recipientAccountID, in: decoder))
    }
    let isAdmitted = admission.admit(batch, accountHashes: accountHashes, file: 0)
    count(batch, isAdmitted)
    countActivities(of: batch)
    coverage.bytes += bytes.count
    coverage.cover(batch, isAdmitted)
    swap(&batch, &self.batch)
  }

  private mutating func count(_ batch: EventBatch, _ isAdmitted: [Bool]) {
    guard let seconds = batch.seconds(of: isAdmitted) else { return }
    newestSecond = max(newestSecond ?? .min, seconds.upperBound)
    let first = Minute(containingSecond: seconds.lowerBound).day
    guard Minute(containingSecond: seconds.upperBound).day > first else {
      return count(batch, isAdmitted, day: first)
    }
    let days = batch.events.map { Minute(containingSecond: $0.eventTime).day }
    let present = Set(days)
    guard present.count <= Self.mostCounters else { return count(batch, isAdmitted, day: first) }
    for day in present { count(batch, zip(days, isAdmitted).map { $0 == day && $1 }, day: day) }
  }

  /// Days that are counted apart; where wrong clocks bring more, one counter takes what is left.
  private static let mostCounters = 4

  private mutating func count(_ batch: EventBatch, _ isWanted: [Bool], day: Int) {
    let place = counters[day] != nil || counters.count < Self.mostCounters ? day : .min
    counters[place, default: Self.counter()].count(
      batch, symbols: decoder.symbols, isAdmitted: isWanted)
  }

  private static func counter() -> EventCounter {
    var table = CountTable()
    table.files = ["-"]
    var counter = EventCounter(table: table)
    counter.file = 0
    return counter
  }

  private mutating func countActivities(of batch: EventBatch) {
    guard !batch.activities.isEmpty else { return }
    let isAdmitted = admission.admit(
      activitiesOf: batch,
      accountHashes: batch.activities.map {
        accounts.hash(of: $0.recipientAccountID, in: decoder)
      }, file: 0)
    let day = batch.activities[0].window.start.day
    counters[day, default: Self.counter()].count(
      activitiesOf: batch, symbols: decoder.symbols, isAdmitted: isAdmitted)
    for (activity, isAdmitted) in zip(batch.activities, isAdmitted) where isAdmitted {
      coverage.notCalls["aggregated_counted", default: 0] += 1
      coverage.extend(to: activity.window.start.timestamp)
    }
  }

  /// Takes the counts since the last time away, mostly in one table a day, with what was covered.
  ///
  /// A correction of an event that was counted before takes nothing back: nothing is kept of an
  /// event that could say what it counted.
  mutating func take() -> (tables: [CountTable], coverage: Coverage) {
    var taken = coverage
    taken.calls = admission.admittedCount
    taken.duplicates = admission.duplicateCount
    taken.note(leftOutBy: admission)
    admission.forgetTallies()
    let tables = counters.sorted { $0.key < $1.key }.map(\.value.table)
    coverage = Coverage()
    counters = [:]
    return (tables, taken)
  }

  /// Takes the marks of the events seen since the last time away, by day.
  mutating func takeFreshMarks() -> [(day: Int, marks: [UInt8])] {
    admission.seen.takeFreshMarks()
  }

  /// Forgets all texts, so that memory does not grow with every address ever seen.
  mutating func forgetTexts() {
    decoder = EventDecoder(readsAggregated: countsAggregated, callers: .ofCounted)
    accounts = AccountHashes()
    counters = [:]
  }
}
