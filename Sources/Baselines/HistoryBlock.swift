// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

/// The days of a block of series on the root scale, ready to be fitted; its storage serves block
/// after block.
struct HistoryBlock {
  let weights: WeekWeights
  /// By row, the first day that tells the level.
  private(set) var firstDays: [Int]
  /// By row, the day of its first event: earlier days say little of a name that is new.
  private(set) var bornDays: [Int]
  /// By row, the mean of what is not missing.
  private(set) var means: [Float]
  /// By row, day and octet: √(x + 3/8) of x events; of no meaning where missing.
  private(set) var roots: [Octet]
  /// By row and day, a bit a half hour.
  private(set) var missing: [UInt64]

  /// Makes room for so many series.
  init(weights: WeekWeights, rowCount: Int) {
    self.weights = weights
    let days = weights.perDay.count
    firstDays = Array(repeating: 0, count: rowCount)
    bornDays = Array(repeating: 0, count: rowCount)
    means = Array(repeating: 0, count: rowCount)
    roots = Array(repeating: Octet(), count: rowCount * days * HalfHours.octetsPerDay)
    missing = Array(repeating: 0, count: rowCount * days)
  }

  /// The index of the first octet of a day of a series.
  func start(_ row: Int, _ day: Int) -> Int {
    (row * weights.perDay.count + day) * HalfHours.octetsPerDay
  }

  /// The bits of a day's half hours without data.
  func missing(_ row: Int, _ day: Int) -> UInt64 { missing[row * weights.perDay.count + day] }

  /// The index of the first day that tells the level of a series.
  func firstDay(_ row: Int) -> Int { index(ofDay: firstDays[row]) }

  /// The index of the day of the first event of a series.
  func bornDay(_ row: Int) -> Int { index(ofDay: bornDays[row]) }

  private func index(ofDay day: Int) -> Int {
    min(max(0, day - weights.days.lowerBound), weights.perDay.count)
  }

  // MARK: Loading

  /// Puts a series into a row.
  mutating func load(_ memory: SeriesMemory, row: Int, firstDay: Int) {
    // A level that moved for good makes the days before it those of another series.
    let firstDay = max(firstDay, memory.levelStart)
    firstDays[row] = firstDay
    bornDays[row] = max(firstDay, memory.records.first?.day ?? firstDay)
    var next = memory.records.startIndex
    var (sum, present) = (Octet(), 0)
    for (index, day) in weights.days.enumerated() {
      while next < memory.records.endIndex, memory.records[next].day < day { next += 1 }
      let start = start(row, index)
      let unknown: UInt64
      if next < memory.records.endIndex, memory.records[next].day == day {
        unknown = memory.records[next].missing & HalfHours.allBits
        store(memory.records[next].counts, at: start)
      } else {
        unknown = day < bornDays[row] ? HalfHours.allBits : 0
        storeEmpty(at: start)
      }
      missing[row * weights.perDay.count + index] = unknown
      sum += sumOfPresent(at: start, unknown: unknown)
      present += HalfHours.perDay - unknown.nonzeroBitCount
    }
    means[row] = present > 0 ? Float(sum.total / Double(present)) : Float(Anscombe.forward(0))
  }

  private mutating func store(_ counts: HalfHourCounts, at start: Int) {
    var roots = roots.mutableSpan
    counts.copyRoots(into: &roots, at: start)
  }

  private mutating func storeEmpty(at start: Int) {
    let empty = Octet(repeating: Anscombe.rootsOfBytes[0])
    var roots = roots.mutableSpan
    for octet in 0..<HalfHours.octetsPerDay { roots[start + octet] = empty }
  }

  private func sumOfPresent(at start: Int, unknown: UInt64) -> Octet {
    var sum = Octet()
    let roots = roots.span
    for octet in 0..<HalfHours.octetsPerDay {
      sum +=
        unknown == 0
        ? roots[start + octet] : Octet.present(unknown, octet) * roots[start + octet]
    }
    return sum
  }
}

extension Octet {
  /// 1 for half hours with data, 0 for those whose bit in a day's is set.
  @inline(__always)
  static func present(_ missing: UInt64, _ octet: Int) -> Octet {
    whereUnset[Int(missing >> UInt64(8 * octet) & 0xFF)]
  }
}
