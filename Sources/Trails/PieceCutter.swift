// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Hands bytes on as far as their values are whole, and keeps the rest.
struct PieceCutter: ~Copyable {
  private var boundaries = ValueBoundaries()
  private var rest = PaddedBuffer()
  /// Bytes handed on so far.
  private(set) var offset = 0

  init() {}

  /// Hands what is whole on, with its offset, and leaves the rest in the buffer.
  ///
  /// - Parameters:
  ///   - raw: all that is there and was not handed on.
  ///   - all: whether to hand on what is not whole, too.
  ///   - body: takes the bytes and their offset.
  mutating func handOn(
    _ raw: inout PaddedBuffer, all: Bool, _ body: (borrowing PaddedBuffer, _ offset: Int) -> Void
  ) {
    boundaries.scan(raw.bytes)
    let end = all ? raw.count : boundaries.lastBoundary
    guard end > 0 else { return }
    rest.removeAll()
    rest.append(raw.bytes.extracting(end...))
    raw.truncate(to: end)
    body(raw, offset)
    swap(&raw, &rest)
    offset += end
    if all { boundaries = ValueBoundaries() } else { boundaries.dropWhole() }
  }
}
