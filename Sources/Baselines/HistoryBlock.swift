// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

/// The days of a block of series on the root scale, ready to be fitted; its storage serves block
/// after block.
struct HistoryBlock {
  private static let emptyRoot = Anscombe.forward(0)

  let weights: WeekWeights
  /// By row, the first day that tells the level.
  private(set) var firstDays: [Int]
  /// By row, the day of its first event: earlier days say little of a name that is new.
  private(set) var bornDays: [Int]
  /// By row, day and octet: y before the fit, missing ones filled; behind it, the events, of no
  /// meaning where missing.
  private(set) var values: [Octet]
  /// By row and day, a bit a half hour.
  private(set) var missing: [UInt64]
  /// z and q of `ProfileFit`.
  private var sums: LaneMatrix
  private var squares: [Double]
  private var bounds = ClipBounds()
  private(set) var profiles: FittedProfiles

  /// Makes room for so many series.
  init(weights: WeekWeights, fits: [ProfileFit], rowCount: Int) {
    self.weights = weights
    let days = weights.perDay.count
    firstDays = Array(repeating: 0, count: rowCount)
    bornDays = firstDays
    values = Array(repeating: Octet(), count: rowCount * days * HalfHours.octetsPerDay)
    missing = Array(repeating: 0, count: rowCount * days)
    sums = LaneMatrix(rowCount: rowCount, columnCount: HalfHours.perWeek)
    squares = Array(repeating: 0, count: rowCount)
    profiles = FittedProfiles(fits, rowCount: rowCount)
  }

  /// Series that there is room for.
  var capacity: Int { squares.count }

  /// The index of the first value of a day of a series.
  func start(_ row: Int, _ day: Int) -> Int {
    (row * weights.perDay.count + day) * HalfHours.octetsPerDay
  }

  /// The bits of a day's half hours without data.
  func missing(_ row: Int, _ day: Int) -> UInt64 { missing[row * weights.perDay.count + day] }

  // MARK: Loading

  /// Puts a series into a row, what is missing filled with its mean.
  mutating func load(_ memory: SeriesMemory, row: Int, firstDay: Int) {
    // A level that moved for good makes the days before it those of another series.
    let firstDay = max(firstDay, memory.levelStart)
    firstDays[row] = firstDay
    bornDays[row] = max(firstDay, memory.records.first?.day ?? firstDay)
    var next = memory.records.startIndex
    var someMissing: UInt64 = 0
    for (index, day) in weights.days.enumerated() {
      while next < memory.records.endIndex, memory.records[next].day < day { next += 1 }
      let unknown: UInt64
      if next < memory.records.endIndex, memory.records[next].day == day {
        unknown = memory.records[next].missing
        Self.store(memory.records[next].counts, in: &values, at: start(row, index))
      } else {
        unknown = day < bornDays[row] ? .max : 0
        storeEmpty(row, index)
      }
      missing[row * weights.perDay.count + index] = unknown
      someMissing |= unknown
    }
    if someMissing != 0 { fillMissingWithMean(row) }
  }

  private static func store<Counts: RandomAccessCollection>(
    _ counts: Counts, in values: inout [Octet], at start: Int
  ) where Counts.Element == Float, Counts.Index == Int {
    var values = values.mutableSpan
    for octet in 0..<HalfHours.octetsPerDay {
      var value = Octet()
      for lane in 0..<8 { value[lane] = Double(counts[8 * octet + lane]) }
      values[start + octet] = (value + 0.375).squareRoot()
    }
  }

  private mutating func storeEmpty(_ row: Int, _ day: Int) {
    let start = start(row, day)
    for octet in 0..<HalfHours.octetsPerDay {
      values[start + octet] = Octet(repeating: Self.emptyRoot)
    }
  }

  private mutating func fillMissingWithMean(_ row: Int) {
    var sum = Octet()
    var count = 0
    forEachOctet(row) { index, _, present in
      sum += present * values[index]
      count += Int(present.total)
    }
    let mean = count > 0 ? sum.total / Double(count) : Self.emptyRoot
    for day in weights.perDay.indices where missing(row, day) != 0 {
      for octet in 0..<HalfHours.octetsPerDay {
        let present = present(row, day, octet)
        let index = start(row, day) + octet
        values[index] = present * values[index] + (1 - present) * mean
      }
    }
  }

  /// 1 for half hours with data, 0 for those without.
  func present(_ row: Int, _ day: Int, _ octet: Int) -> Octet {
    Octet.whereUnset[Int(UInt8(truncatingIfNeeded: missing(row, day) >> UInt64(8 * octet)))]
  }

  private func forEachOctet(
    _ row: Int, _ body: (_ index: Int, _ octetOfWeek: Int, _ present: Octet) -> Void
  ) {
    for (day, (_, weekday)) in weights.perDay.enumerated() {
      for octet in 0..<HalfHours.octetsPerDay {
        body(start(row, day) + octet, weekday + octet, present(row, day, octet))
      }
    }
  }

  // MARK: Fitting

  /// Fits the profiles of the first rows: once as they are, and once with what stood out clipped
  /// and what is missing filled from the first fit.
  mutating func fit(rows: Int) {
    for row in 0..<rows { addUp(row) }
    profiles.fit(&sums, squares: squares, rows: rows)
    for row in 0..<rows {
      addUpClipped(row)
      turnIntoEvents(row)
    }
    profiles.fit(&sums, squares: squares, rows: rows)
  }

  private mutating func addUp(_ row: Int) {
    let first = row * HalfHours.octetsPerWeek
    let start = start(row, 0)
    let perDay = weights.perDay
    let values = values
    var sums = sums.vectors.mutableSpan
    for octet in 0..<HalfHours.octetsPerWeek { sums[first + octet] = Octet() }
    var square = Octet()
    for (day, (weight, weekday)) in perDay.enumerated() {
      for octet in 0..<HalfHours.octetsPerDay {
        let value = values[start + day * HalfHours.octetsPerDay + octet]
        let weighted = weight * value
        sums[first + weekday + octet] += weighted
        square += weighted * value
      }
    }
    squares[row] = square.total
  }

  /// Adds the values up with those that stand out from the first fit taken back to three
  /// deviations, so that an incident nobody told does not teach; up to four events more than the
  /// fit always stand.
  private mutating func addUpClipped(_ row: Int) {
    bounds.set(profiles, row, deviation: deviation(row))
    let first = row * HalfHours.octetsPerWeek
    let start = start(row, 0)
    let (perDay, missing, bounds, values) = (weights.perDay, missing, bounds.octets, values)
    var sums = sums.vectors.mutableSpan
    for octet in 0..<HalfHours.octetsPerWeek { sums[first + octet] = Octet() }
    var square = Octet()
    for (day, (weight, weekday)) in perDay.enumerated() {
      let unknown = missing[row * perDay.count + day]
      for octet in 0..<HalfHours.octetsPerDay {
        let index = start + day * HalfHours.octetsPerDay + octet
        let bound = bounds[weekday + octet]
        var value = values[index].atLeast(bound.lowest).atMost(bound.highest)
        if unknown != 0 {
          let present = Octet.whereUnset[Int(unknown >> UInt64(8 * octet) & 0xFF)]
          value = present * value + (1 - present) * bound.fitted
        }
        let weighted = weight * value
        sums[first + weekday + octet] += weighted
        square += weighted * value
      }
    }
    squares[row] = square.total
  }

  /// The root mean square of what the fit leaves.
  private func deviation(_ row: Int) -> Double {
    let days = weights.perDay.count
    var squares = Octet()
    var count = 0
    for day in 0..<days {
      let unknown = missing[row * days + day]
      count += (~unknown & HalfHours.allBits).nonzeroBitCount
      for octet in 0..<HalfHours.octetsPerDay {
        var residual =
          values[(row * days + day) * HalfHours.octetsPerDay + octet]
          - profiles.roots(row, octet: weights.perDay[day].octet + octet)
        if unknown != 0 {
          residual *= Octet.whereUnset[Int(unknown >> UInt64(8 * octet) & 0xFF)]
        }
        squares += residual * residual
      }
    }
    return count > 0 ? (squares.total / Double(count)).squareRoot() : 0
  }

  private mutating func turnIntoEvents(_ row: Int) {
    let range = start(row, 0)..<start(row + 1, 0)
    var values = values.mutableSpan
    for index in range { values[index] = values[index] * values[index] - 0.375 }
  }
}

/// Between what values the half hours of a week may lie to teach.
private struct ClipBounds {
  private(set) var octets = [(fitted: Octet, lowest: Octet, highest: Octet)](
    repeating: (Octet(), Octet(), Octet()), count: HalfHours.octetsPerWeek)

  mutating func set(_ profiles: FittedProfiles, _ row: Int, deviation: Double) {
    for octet in octets.indices {
      let fitted = profiles.roots(row, octet: octet)
      let few = (fitted * fitted + 4).squareRoot()
      octets[octet] = (
        fitted, fitted - 4 * deviation, (fitted + 3 * deviation).atLeast(few)
      )
    }
  }
}
