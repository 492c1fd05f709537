// SPDX-License-Identifier: Apache-2.0
import Bytes
import Counts
import Events
import ObjectStores
import Trails
import Vocabulary

/// One worker of the reading: it owns all that it reads, decodes and counts with.
///
/// It reads some files ahead of their turn at the `AdmissionDesk`, so that it hardly ever waits for
/// another worker.
struct CountingWorker: ~Copyable {
  private(set) var counter: EventCounter
  private(set) var coverage = Coverage()
  private var reader = TrailReader()
  private var decoder: EventDecoder
  private var accounts = AccountHashes()
  /// Files that were read and not counted yet, in order.
  private var backlog: [DecodedFile] = []
  /// Files that were counted, for their storage.
  private var spare: [DecodedFile] = []

  /// Events in the backlog.
  private var eventsAhead = 0

  /// Files and events that a worker reads ahead before it waits for its turn: some hundredths of a
  /// second, for which a busy system may take the core away from the worker whose turn it is.
  private static let leastAhead = (files: 8, events: 1 << 14)
  private var isFarAhead: Bool {
    backlog.count >= Self.leastAhead.files && eventsAhead >= Self.leastAhead.events
  }

  init(countsAggregated: Bool = false, countsCallers: Bool = true) {
    decoder = EventDecoder(
      readsAggregated: countsAggregated, callers: countsCallers ? .ofCounted : .never)
    counter = EventCounter(countsCallers: countsCallers)
  }

  /// Reads a file, and counts what has its turn by then.
  mutating func count(_ item: TrailItem, desk: AdmissionDesk) async {
    let file = read(item)
    eventsAhead += file.batch.events.count
    backlog.append(file)
    while let file = backlog.first, let decision = await desk.admit(file, waits: isFarAhead) {
      count(decision)
    }
  }

  /// Waits for the turns of the files that are left, and counts them.
  mutating func finish(desk: AdmissionDesk) async {
    while let file = backlog.first, let decision = await desk.admit(file, waits: true) {
      count(decision)
    }
  }

  /// Takes events back that were counted from a file; returns how many were found.
  mutating func takeBack(_ originals: Set<EventID>, from item: TrailItem) -> Int {
    guard item.file != .standardInput else { return 0 }
    let file = read(item)
    var left = originals
    let isOriginal = file.batch.events.map { event in
      event.replaces == nil && (event.eventID.flatMap { left.remove($0) } != nil)
    }
    counter.count(file.batch, symbols: decoder.symbols, isAdmitted: isOriginal, sign: -1)
    return originals.count - left.count
  }

  private mutating func read(_ item: TrailItem) -> DecodedFile {
    var file = spare.popLast() ?? DecodedFile()
    file.batch.removeAll()
    file.number = item.number
    let path = item.file.path
    func decode(_ bytes: borrowing PaddedBuffer, _ offset: Int) {
      decoder.decode(bytes, origin: EventOrigin(file: path, offset: offset), into: &file.batch)
    }
    let faults =
      switch item.content {
      case .onDisk: reader.forEachPiece(of: item.file, decode)
      case .fetched(.success(let content)): reader.expand(content, named: path, decode)
      case .fetched(.failure(let failure)): [failure.fault(skippedBytes: item.file.size)]
      }
    file.batch.faults += faults
    file.bytes = reader.bytesRead
    file.accountHashes.removeAll(keepingCapacity: true)
    for event in file.batch.events {
      file.accountHashes.append(accounts.hash(of: event.recipientAccountID, in: decoder))
    }
    file.activityHashes = file.batch.activities.map {
      accounts.hash(of: $0.recipientAccountID, in: decoder)
    }
    return file
  }

  /// Counts what is admitted of the first file of the backlog.
  private mutating func count(_ decision: AdmissionDesk.Decision) {
    let file = backlog.removeFirst()
    eventsAhead -= file.batch.events.count
    counter.file = Int32(clamping: file.number)
    counter.count(file.batch, symbols: decoder.symbols, isAdmitted: decision.events)
    coverage.files += 1
    coverage.bytes += file.bytes
    coverage.cover(file.batch, decision.events)
    if !decision.activities.isEmpty { countActivities(of: file.batch, decision.activities) }
    spare.append(file)
  }

  private mutating func countActivities(of batch: EventBatch, _ isAdmitted: [Bool]) {
    counter.count(activitiesOf: batch, symbols: decoder.symbols, isAdmitted: isAdmitted)
    for (activity, isAdmitted) in zip(batch.activities, isAdmitted) where isAdmitted {
      coverage.notCalls["aggregated_counted", default: 0] += 1
      coverage.extend(to: activity.window.start.timestamp)
    }
  }
}

extension Coverage {
  /// Adds the tallies and faults of a batch, and the time that those of its events span that count.
  mutating func cover(_ batch: EventBatch, _ isAdmitted: [Bool]) {
    records += batch.recordCount
    notCalls.merge(batch.notCalls, uniquingKeysWith: +)
    guessed.merge(batch.guessed, uniquingKeysWith: +)
    faults += batch.faults
    notices.merge(batch.notices, uniquingKeysWith: +)
    omittedFaults.merge(batch.omittedFaults, uniquingKeysWith: +)
    guard let seconds = batch.seconds(of: isAdmitted) else { return }
    extend(to: Timestamp(secondsSinceEpoch: seconds.lowerBound))
    extend(to: Timestamp(secondsSinceEpoch: seconds.upperBound))
  }

  /// Widens the time span to hold an event.
  mutating func extend(to time: Timestamp) {
    firstEventTime = min(firstEventTime ?? time, time)
    lastEventTime = max(lastEventTime ?? time, time)
  }
}

extension EventBatch {
  /// The time from the first to the last of some events, in seconds since 1970; `nil` without any.
  func seconds(of isWanted: [Bool]) -> ClosedRange<Int>? {
    var (first, last) = (Int.max, Int.min)
    for index in events.indices where isWanted[index] {
      first = min(first, events[index].eventTime)
      last = max(last, events[index].eventTime)
    }
    return first <= last ? first...last : nil
  }
}
