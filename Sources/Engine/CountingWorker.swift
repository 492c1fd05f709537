// SPDX-License-Identifier: Apache-2.0
import Bytes
import Counts
import Events
import ObjectStores
import Trails
import Vocabulary

/// One worker of the reading: it owns all that it reads, decodes and counts with.
struct CountingWorker: ~Copyable {
  private(set) var counter = EventCounter()
  private(set) var coverage = Coverage()
  private var reader = TrailReader()
  private var decoder: EventDecoder
  private var batch = EventBatch()
  private var accountHashes: [Symbol: UInt64] = [:]

  init(countsAggregated: Bool = false) {
    decoder = EventDecoder(readsAggregated: countsAggregated)
  }

  /// Reads a file, has its events admitted in turn, and counts those that are.
  mutating func count(_ item: TrailItem, desk: AdmissionDesk) async {
    read(item)
    counter.file = Int32(clamping: item.number)
    let hashes = batch.events.map { hash(of: $0.recipientAccountID) }
    let isAdmitted = await desk.admit(batch, accountHashes: hashes, file: item.number)
    await countActivities(of: item, desk: desk)
    await desk.finish(file: item.number, bytes: reader.bytesRead)
    counter.count(batch, symbols: decoder.symbols, isAdmitted: isAdmitted)
    cover(isAdmitted)
  }

  private mutating func countActivities(of item: TrailItem, desk: AdmissionDesk) async {
    guard !batch.activities.isEmpty else { return }
    let hashes = batch.activities.map { hash(of: $0.recipientAccountID) }
    let isAdmitted = await desk.admit(
      activitiesOf: batch, accountHashes: hashes, file: item.number)
    counter.count(activitiesOf: batch, symbols: decoder.symbols, isAdmitted: isAdmitted)
    for (activity, isAdmitted) in zip(batch.activities, isAdmitted) where isAdmitted {
      coverage.notCalls["aggregated_counted", default: 0] += 1
      coverage.extend(to: activity.window.start.timestamp)
    }
  }

  /// Takes events back that were counted from a file; returns how many were found.
  mutating func takeBack(_ originals: Set<EventID>, from item: TrailItem) -> Int {
    guard item.file != .standardInput else { return 0 }
    read(item)
    var left = originals
    let isOriginal = batch.events.map { event in
      event.replaces == nil && (event.eventID.flatMap { left.remove($0) } != nil)
    }
    counter.count(batch, symbols: decoder.symbols, isAdmitted: isOriginal, sign: -1)
    return originals.count - left.count
  }

  private mutating func read(_ item: TrailItem) {
    batch.removeAll()
    var batch = EventBatch()
    swap(&batch, &self.batch)
    let path = item.file.path
    func decode(_ bytes: borrowing PaddedBuffer, _ offset: Int) {
      decoder.decode(bytes, origin: EventOrigin(file: path, offset: offset), into: &batch)
    }
    let faults =
      switch item.content {
      case .onDisk: reader.forEachPiece(of: item.file, decode)
      case .fetched(.success(let content)): reader.expand(content, named: path, decode)
      case .fetched(.failure(let failure)): [failure.fault(skippedBytes: item.file.size)]
      }
    batch.faults += faults
    swap(&batch, &self.batch)
  }

  private mutating func hash(of account: Symbol) -> UInt64 {
    if let hash = accountHashes[account] { return hash }
    let hash = stableHash(decoder.symbols[account])
    accountHashes[account] = hash
    return hash
  }

  private mutating func cover(_ isAdmitted: [Bool]) {
    coverage.files += 1
    coverage.bytes += reader.bytesRead
    coverage.cover(batch)
    for (event, isAdmitted) in zip(batch.events, isAdmitted) where isAdmitted {
      coverage.extend(to: Timestamp(secondsSinceEpoch: event.eventTime))
    }
  }
}

extension Coverage {
  /// Adds the tallies and faults of a batch.
  mutating func cover(_ batch: EventBatch) {
    records += batch.recordCount
    notCalls.merge(batch.notCalls, uniquingKeysWith: +)
    guessed.merge(batch.guessed, uniquingKeysWith: +)
    faults += batch.faults
    notices.merge(batch.notices, uniquingKeysWith: +)
    omittedFaults.merge(batch.omittedFaults, uniquingKeysWith: +)
  }

  /// Widens the time span to hold an event.
  mutating func extend(to time: Timestamp) {
    firstEventTime = min(firstEventTime ?? time, time)
    lastEventTime = max(lastEventTime ?? time, time)
  }
}
