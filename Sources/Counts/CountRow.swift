// SPDX-License-Identifier: Apache-2.0

/// A row of a table of counts: a minute with events of a series.
struct CountRow: Equatable, Sendable {
  /// Since 1970-01-01T00:00Z.
  let minute: Int32
  /// Place of the series among all.
  let rank: Int32
  /// Index of the minute in the series.
  let position: Int32

  /// Sorts the rows of all series by minute, then by rank.
  ///
  /// Minutes are few beside rows, so rows are counted and put in their places; where they are far
  /// apart, as a wrong clock makes them, they are sorted.
  ///
  /// - Parameter minutes: by rank, the minutes of a series, ascending.
  /// - Returns: a row for each minute of each series.
  /// - Complexity: O(n) in the rows and the minutes between the first and the last of them.
  static func sorted(_ minutes: [[Int32]]) -> [CountRow] {
    let count = minutes.reduce(0) { $0 + $1.count }
    guard let first = minutes.compactMap(\.first).min(), let last = minutes.compactMap(\.last).max()
    else { return [] }
    let span = Int(last) - Int(first) + 1
    guard span <= 4 * count + 4096 else { return sortedByComparing(minutes) }
    var places = [Int32](repeating: 0, count: span)
    for series in minutes {
      for minute in series { places[Int(minute) - Int(first)] += 1 }
    }
    var sum: Int32 = 0
    for index in places.indices { (places[index], sum) = (sum, sum + places[index]) }
    var rows = [CountRow](repeating: CountRow(minute: 0, rank: 0, position: 0), count: count)
    for (rank, series) in minutes.enumerated() {
      for (position, minute) in series.enumerated() {
        let place = Int(places[Int(minute) - Int(first)])
        places[Int(minute) - Int(first)] += 1
        rows[place] = CountRow(minute: minute, rank: Int32(rank), position: Int32(position))
      }
    }
    return rows
  }

  /// The same as whole numbers; minutes of a series come in their own order.
  static func sortedByComparing(_ minutes: [[Int32]]) -> [CountRow] {
    var words: [UInt64] = []
    words.reserveCapacity(minutes.reduce(0) { $0 + $1.count })
    for (rank, series) in minutes.enumerated() {
      for minute in series {
        // Without a sign, minutes before 1970 would come last.
        let sorted = UInt32(bitPattern: minute) ^ 1 << 31
        words.append(UInt64(sorted) << 32 | UInt64(rank))
      }
    }
    words.sort()
    var next = [Int32](repeating: 0, count: minutes.count)
    return words.map { word in
      let rank = Int(word & 0xFFFF_FFFF)
      defer { next[rank] += 1 }
      let minute = Int32(bitPattern: UInt32(word >> 32) ^ 1 << 31)
      return CountRow(minute: minute, rank: Int32(rank), position: next[rank])
    }
  }
}
