// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// The faults of one piece of trail data, on their way into a batch.
struct FaultLog {
  /// Faults of one piece that are kept one by one; the others are counted by kind.
  static let limit = 1000

  private let origin: EventOrigin
  private let firstFault: Int
  /// Neighbouring objects that are no trail data make one fault.
  private var foreign: Range<Int>?
  /// Whether anything in the piece was trail data.
  var hasTrailData = false

  init(origin: EventOrigin, batch: EventBatch) {
    self.origin = origin
    firstFault = batch.faults.count
  }

  /// Notes a fault at a range of the piece.
  mutating func add(
    _ kind: Fault.Kind, _ range: Range<Int>, _ reason: String, to batch: inout EventBatch
  ) {
    flush(to: &batch)
    guard batch.faults.count - firstFault < Self.limit else {
      batch.omittedFaults[kind.rawValue, default: 0] += 1
      return
    }
    batch.faults.append(
      Fault(
        kind: kind, file: origin.file, offset: origin.offset + range.lowerBound,
        skippedBytes: range.count, reason: reason))
  }

  /// Notes bytes that are no trail data.
  mutating func addForeign(_ range: Range<Int>) {
    let start = min(foreign?.lowerBound ?? range.lowerBound, range.lowerBound)
    foreign = start..<max(foreign?.upperBound ?? range.upperBound, range.upperBound)
  }

  /// Notes that trail data was read, which ends a run of foreign bytes.
  mutating func sawTrailData(_ batch: inout EventBatch) {
    hasTrailData = true
    flush(to: &batch)
  }

  /// Ends the piece: where none of it was trail data, that is the one thing to say.
  mutating func finish(length: Int, into batch: inout EventBatch) {
    guard !hasTrailData else { return flush(to: &batch) }
    let isFaulty = foreign != nil || batch.faults.count > firstFault
    foreign = nil
    batch.faults.removeLast(batch.faults.count - firstFault)
    guard isFaulty else { return }
    add(.notTrailData, 0..<length, "holds no trail record", to: &batch)
  }

  private mutating func flush(to batch: inout EventBatch) {
    guard let range = foreign else { return }
    foreign = nil
    add(.notTrailData, range, "no trail record", to: &batch)
  }
}
