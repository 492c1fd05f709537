// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// Where the decoder stands: in which piece, and how deep in what is nested there.
struct Reading {
  /// How often records may be wrapped in texts of other values.
  static let deepestNesting = 8

  let origin: EventOrigin
  var log: FaultLog
  /// Where the bytes at hand begin in the piece.
  var base = 0
  /// The value of the piece that the bytes at hand were taken out of, where they are nested.
  var outer: Range<Int>?
  var depth = 0

  init(origin: EventOrigin, log: FaultLog) {
    self.origin = origin
    self.log = log
  }

  /// A range of the bytes at hand as one of the piece: nested bytes stand for the whole value.
  func place(_ start: Int, _ end: Int) -> Range<Int> {
    if let outer { return outer }
    return base + start..<base + end
  }

  mutating func add(
    _ kind: Fault.Kind, _ range: Range<Int>, _ reason: String, to batch: inout EventBatch
  ) {
    log.add(kind, range, reason, to: &batch)
  }
}
