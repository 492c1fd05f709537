// SPDX-License-Identifier: Apache-2.0
public import Events
public import Vocabulary

/// Decides which events count: each once, and a corrected one in place of its original.
///
/// Batches are admitted in the order of files, whatever worker decoded them, so that of two copies
/// of an event the one in the earlier file counts on every run.
///
/// An `UPDATED_DATA` addendum carries the `originalEventID` of the event that it replaces. If the
/// original comes later it is dropped like a duplicate. If it was counted already, `corrections`
/// names the file that held it, to be taken back once all is read.
public struct Admission: Sendable {
  /// An original that was counted before its correction came.
  public struct Correction: Hashable, Sendable {
    /// Number of the file that held the original.
    public let file: Int
    /// Its identifier.
    public let eventID: EventID
  }

  /// Originals to take back.
  public private(set) var corrections: [Correction] = []
  /// Events dropped because they were counted already.
  public private(set) var duplicateCount = 0
  /// Events admitted.
  public private(set) var admittedCount = 0
  /// Corrections of events that a run before this one counted: they are left out, for what they
  /// replace cannot be taken back.
  public private(set) var lateCorrectionCount = 0
  /// Events so old that nobody knows any more whether they are copies: they are left out.
  public private(set) var tooOldCount = 0
  /// The events seen, to be kept between runs.
  public var seen: SeenEvents
  /// Events of days before it, since 1970-01-01, are too old.
  public var oldestDay = Int.min
  /// The number of the file that cannot be read again, as standard input; what was counted from it
  /// cannot be taken back.
  public var fileReadOnce: Int?
  private var replaced: Set<EventID> = []
  /// Those of the batch at hand.
  private var marks: [DuplicateFilter.Mark] = []
  private var touched: UInt32 = 0

  /// Creates an admission.
  ///
  /// - Parameter seen: what runs before this one saw.
  public init(seen: SeenEvents = SeenEvents()) {
    self.seen = seen
  }

  /// Decides for each event of a batch whether it counts, and tallies what does not.
  ///
  /// - Parameters:
  ///   - batch: decoded events.
  ///   - accountHashes: `stableHash` of each event's account.
  ///   - file: number of the file that holds them.
  /// - Returns: as many as events; `false` for copies and for what a correction replaces.
  public mutating func admit(_ batch: EventBatch, accountHashes: [UInt64], file: Int) -> [Bool] {
    var isAdmitted = [Bool](repeating: true, count: batch.events.count)
    let leftOutBefore = leftOutCount
    mark(batch, accountHashes)
    for index in batch.events.indices {
      isAdmitted[index] = admit(
        batch.events[index], marks[index], account: accountHashes[index], file: file)
    }
    let admitted = isAdmitted.count { $0 }
    admittedCount += admitted
    duplicateCount += isAdmitted.count - admitted - (leftOutCount - leftOutBefore)
    return isAdmitted
  }

  /// Decides for each summary of calls of a batch whether it counts; only copies do not.
  ///
  /// - Parameters:
  ///   - batch: decoded events.
  ///   - accountHashes: `stableHash` of each summary's account.
  ///   - file: number of the file that holds them.
  /// - Returns: as many as summaries.
  public mutating func admit(
    activitiesOf batch: EventBatch, accountHashes: [UInt64], file: Int
  ) -> [Bool] {
    zip(batch.activities, accountHashes).map { activity, account in
      guard let id = activity.eventID,
        seen.insert(
          DuplicateFilter.Mark(account: account, event: id), day: activity.window.start.day,
          file: file) != nil
      else { return true }
      duplicateCount += 1
      return false
    }
  }

  /// Begins to count anew what was admitted and what was not.
  public mutating func forgetTallies() {
    (admittedCount, duplicateCount, lateCorrectionCount, tooOldCount) = (0, 0, 0, 0)
    corrections = []
  }

  /// Events that are no copies and yet do not count.
  private var leftOutCount: Int { lateCorrectionCount + tooOldCount }

  /// Makes the marks of a batch and looks at their places, which are anywhere in memory: so many
  /// looks at once wait for it hardly longer than one.
  private mutating func mark(_ batch: EventBatch, _ accountHashes: [UInt64]) {
    marks.removeAll(keepingCapacity: true)
    for index in batch.events.indices {
      let id = batch.events[index].eventID ?? EventID(high: 0, low: 0)
      marks.append(DuplicateFilter.Mark(account: accountHashes[index], event: id))
    }
    touched = marks.reduce(touched) { $0 &+ seen.touch($1) }
  }

  private mutating func admit(
    _ event: Event, _ mark: DuplicateFilter.Mark, account: UInt64, file: Int
  ) -> Bool {
    let day = Minute(containingSecond: event.eventTime).day
    guard day >= oldestDay else {
      tooOldCount += 1
      return false
    }
    guard event.eventID != nil else { return true }
    guard seen.insert(mark, day: day, file: file) == nil else { return false }
    guard let original = event.replaces else { return true }
    guard replaced.insert(original).inserted else { return false }
    let replacedMark = DuplicateFilter.Mark(account: account, event: original)
    guard let earlier = seen.insert(replacedMark, day: day, file: file) else { return true }
    guard earlier != SeenEvents.earlierRun, earlier != fileReadOnce else {
      lateCorrectionCount += 1
      return false
    }
    corrections.append(Correction(file: earlier, eventID: original))
    admittedCount -= 1
    return true
  }
}
