// SPDX-License-Identifier: Apache-2.0

/// Minutes with their counts in two bytes or so each: the minutes since the last, and the count.
///
/// Why: a stream looks back a week only where it tells an insight, and holds the week of every series.
struct PackedMinutes: Sendable {
  /// How many minutes there are.
  private(set) var count = 0
  /// The first and the last of them; `nil` where there is none.
  private(set) var first, last: Int32?
  private var bytes = Varints()

  /// Packs minutes that ascend, with their counts.
  init(_ minutes: some Sequence<(minute: Int32, count: Int)>) {
    for (minute, count) in minutes {
      bytes.append(Int(minute - (last ?? 0)))
      bytes.append(count)
      first = first ?? minute
      last = minute
      self.count += 1
    }
    bytes.close()
  }

  /// The minutes as they were packed.
  var all: [(minute: Int32, count: Int)] {
    var reader = bytes.reader
    var minute: Int32 = 0
    return (0..<count).map { _ in
      minute += Int32(truncatingIfNeeded: reader.number())
      return (minute, reader.number())
    }
  }
}
