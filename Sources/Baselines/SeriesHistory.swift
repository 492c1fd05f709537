// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

/// The days of one series on the root scale, ready to be fitted.
struct SeriesHistory {
  private static let emptyRoots = [Double](
    repeating: Anscombe.forward(0), count: HalfHours.perDay)

  let weights: WeekWeights
  /// The first day that tells the level.
  let firstDay: Int
  /// The day of its first event: earlier days say little of a name that is new.
  let bornDay: Int
  /// y per day and half hour; missing ones hold what `fill` last put there.
  private var roots: [[Double]]
  private var missing: [UInt64]

  init(_ memory: SeriesMemory, firstDay: Int, weights: WeekWeights) {
    self.weights = weights
    // A level that moved for good makes the days before it those of another series.
    let firstDay = max(firstDay, memory.levelStart)
    self.firstDay = firstDay
    bornDay = max(firstDay, memory.records.first?.day ?? firstDay)
    roots = []
    missing = []
    var next = memory.records.startIndex
    for day in weights.days {
      while next < memory.records.endIndex, memory.records[next].day < day { next += 1 }
      if next < memory.records.endIndex, memory.records[next].day == day {
        roots.append(memory.records[next].counts.map { Anscombe.forward(Double($0)) })
        missing.append(memory.records[next].missing)
      } else {
        roots.append(Self.emptyRoots)
        missing.append(day < bornDay ? .max : 0)
      }
    }
  }

  // MARK: Fitting

  /// Fits the profiles of some series: once as they are, and once with what stood out clipped and
  /// what is missing filled from the first fit.
  static func fit(_ histories: [SeriesHistory], with fit: ProfileFit) -> FittedProfiles {
    var histories = histories
    for index in histories.indices { histories[index].fillMissingWithMean() }
    let first = fit.profiles(of: histories)
    for index in histories.indices { histories[index].clip(to: first.fitted.row(index)) }
    return fit.profiles(of: histories)
  }

  /// z and q of `ProfileFit`.
  func sums() -> (perHalfHour: [Double], squares: Double) {
    var sums = [Double](repeating: 0, count: HalfHours.perWeek)
    var squares = 0.0
    for (index, day) in weights.days.enumerated() {
      let weight = weights.weight(of: day)
      let start = Minute.weekday(ofDay: day) * HalfHours.perDay
      for (bin, root) in roots[index].enumerated() {
        sums[start + bin] += weight * root
        squares += weight * root * root
      }
    }
    return (sums, squares)
  }

  private mutating func fillMissingWithMean() {
    var total = 0.0
    var count = 0.0
    forEachPresent { _, root in
      total += root
      count += 1
    }
    let mean = count > 0 ? total / count : Anscombe.forward(0)
    for index in roots.indices where missing[index] != 0 {
      for bin in roots[index].indices where isMissing(index, bin) { roots[index][bin] = mean }
    }
  }

  /// Takes values that stand out from a fit back to three deviations, so that an incident nobody
  /// told does not teach; up to four events more than the fit always stand.
  private mutating func clip(to profile: ArraySlice<Double>) {
    var squares = 0.0
    var count = 0.0
    for (index, day) in weights.days.enumerated() {
      let start = profileStart(profile, day)
      for (bin, root) in roots[index].enumerated() where !isMissing(index, bin) {
        let residual = root - profile[start + bin]
        squares += residual * residual
        count += 1
      }
    }
    let deviation = count > 0 ? (squares / count).squareRoot() : 0
    for (index, day) in weights.days.enumerated() {
      let start = profileStart(profile, day)
      for bin in roots[index].indices {
        let fitted = profile[start + bin]
        if isMissing(index, bin) {
          roots[index][bin] = fitted
        } else {
          let few = (fitted * fitted + 4).squareRoot()
          let highest = max(fitted + 3 * deviation, few)
          roots[index][bin] = min(max(roots[index][bin], fitted - 4 * deviation), highest)
        }
      }
    }
  }

  private func forEachPresent(_ body: (_ bin: Int, _ root: Double) -> Void) {
    for index in roots.indices {
      for (bin, root) in roots[index].enumerated() where !isMissing(index, bin) { body(bin, root) }
    }
  }

  /// Whether a half hour has no data, by the index of its day.
  func isMissing(_ index: Int, _ bin: Int) -> Bool {
    missing[index] >> UInt64(bin) & 1 == 1
  }

  /// The events of a half hour as they were learnt from: clipped, and filled in where missing.
  func count(_ index: Int, _ bin: Int) -> Double {
    roots[index][bin] * roots[index][bin] - 0.375
  }

  private func profileStart(_ profile: ArraySlice<Double>, _ day: Int) -> Int {
    profile.startIndex + Minute.weekday(ofDay: day) * HalfHours.perDay
  }
}

extension ProfileFit {
  /// Gathers the data of some series, a row each, and fits them.
  fileprivate func profiles(of histories: [SeriesHistory]) -> FittedProfiles {
    var sums = Matrix(rowCount: histories.count, columnCount: HalfHours.perWeek)
    var squares: [Double] = []
    for (row, history) in histories.enumerated() {
      let (perHalfHour, square) = history.sums()
      sums.elements.replaceSubrange(
        row * HalfHours.perWeek..<(row + 1) * HalfHours.perWeek, with: perHalfHour)
      squares.append(square)
    }
    return profiles(sums: sums, squares: squares)
  }
}
