// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

/// The days of one series on the root scale, ready to be fitted.
struct SeriesHistory {
  private static let emptyRoots = [Double](
    repeating: Anscombe.forward(0), count: HalfHours.perDay)

  private let weights: WeekWeights
  private let firstDay: Int
  /// y per day and half hour; missing ones hold what `fill` last put there.
  private var roots: [[Double]]
  private var missing: [UInt64]

  init(_ memory: SeriesMemory, firstDay: Int, weights: WeekWeights) {
    self.weights = weights
    // A level that moved for good makes the days before it those of another series.
    let firstDay = max(firstDay, memory.levelStart)
    self.firstDay = firstDay
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
        missing.append(day < firstDay ? .max : 0)
      }
    }
  }

  // MARK: Fitting

  /// Fits the profiles of some series: once as they are, and once with what stood out clipped and
  /// what is missing filled from the first fit.
  static func fit(_ histories: [SeriesHistory], with fit: ProfileFit) -> Matrix {
    var histories = histories
    for index in histories.indices { histories[index].fillMissingWithMean() }
    let first = fit.profiles(of: histories)
    for index in histories.indices { histories[index].clip(to: first.row(index)) }
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

  private func isMissing(_ index: Int, _ bin: Int) -> Bool {
    missing[index] >> UInt64(bin) & 1 == 1
  }

  private func profileStart(_ profile: ArraySlice<Double>, _ day: Int) -> Int {
    profile.startIndex + Minute.weekday(ofDay: day) * HalfHours.perDay
  }

  // MARK: Forecasting

  /// Events per half hour of the week that a profile says, at least half of what came in that half
  /// hour of the day on working days or weekends.
  ///
  /// Why: next to a steep edge a smooth curve swings below what is there.
  private func means(_ profile: ArraySlice<Double>) -> [Double] {
    var sums = [Double](repeating: 0, count: 2 * HalfHours.perDay)
    var totals = sums
    for (index, day) in weights.days.enumerated() where day >= firstDay {
      let start = Minute.weekday(ofDay: day) >= 5 ? HalfHours.perDay : 0
      for bin in 0..<HalfHours.perDay where !isMissing(index, bin) {
        let weight = weights.weight(of: day)
        sums[start + bin] += weight * (roots[index][bin] * roots[index][bin] - 0.375)
        totals[start + bin] += weight
      }
    }
    return profile.enumerated().map { position, root in
      let isWeekend = position / HalfHours.perDay >= 5
      let slot = (isWeekend ? HalfHours.perDay : 0) + position % HalfHours.perDay
      let floor = totals[slot] > 0 ? 0.5 * sums[slot] / totals[slot] : 0
      return max(floor, Anscombe.unbiasedInverse(root))
    }
  }

  /// Turns a fitted profile into the baseline of the forecast day.
  func baseline(profile: ArraySlice<Double>, memory: SeriesMemory, prior: DispersionPrior)
    -> Baseline
  {
    let means = self.means(profile)
    var observed: [Double] = []
    var expected: [Double] = []
    var evidence = 0.0
    var exposure = 0.0
    for (index, day) in weights.days.enumerated() {
      let start = Minute.weekday(ofDay: day) * HalfHours.perDay
      var x = 0.0
      var e = 0.0
      for bin in 0..<HalfHours.perDay where !isMissing(index, bin) {
        let count = roots[index][bin] * roots[index][bin] - 0.375
        let highest = 3 * means[start + bin] + 4
        x += max(0, min(count, highest + 6 * highest.squareRoot()))
        e += means[start + bin]
      }
      guard day >= firstDay else { continue }
      observed.append(x)
      expected.append(e)
      evidence += weights.weight(of: day) * x
      exposure += weights.weight(of: day)
    }
    let level = LevelFilter.forecast(observed: observed, profile: expected)
    let start = Minute.weekday(ofDay: weights.day) * HalfHours.perDay
    // Half an event in the days so far: what one expects of a series that was never seen.
    let unseen = 0.5 / (1.5 + exposure) / 1440
    let rates = (0..<HalfHours.perDay).map {
      level * means[start + $0] / Double(HalfHours.minutes) + unseen
    }
    return Baseline(
      rates: rates, evidence: 0.5 + evidence / 2, weights: weights, firstDay: firstDay,
      memory: memory, prior: prior)
  }
}

extension Baseline {
  fileprivate init(
    rates: [Double], evidence: Double, weights: WeekWeights, firstDay: Int, memory: SeriesMemory,
    prior: DispersionPrior
  ) {
    let mean = rates.reduce(0, +) / Double(rates.count)
    let regimes = Dispersion.Regime.allCases
    var fano = [Double](repeating: 1, count: windowLengths.count * regimes.count)
    for regime in regimes {
      let part = rates.filter { regime == .busy ? $0 >= mean : $0 < mean }
      let rate = part.isEmpty ? mean : part.reduce(0, +) / Double(part.count)
      for (window, length) in windowLengths.enumerated() {
        fano[Dispersion.index(window: window, regime: regime)] = prior.fano(
          memory.dispersion, window: window, regime: regime, mean: rate * Double(length))
      }
    }
    let bursts = memory.schedule.bursts(onDay: weights.day, age: weights.day - firstDay)
    self.init(
      day: weights.day, rates: rates, bursts: bursts,
      ageDays: weights.day - firstDay, evidence: evidence, tailStretch: memory.tail.value,
      storms: StormLaw(
        memory.surprises.filter { !memory.schedule.isRecurring($0.minute) },
        minutes: weights.days.count * 1440),
      fano: fano, busyRate: mean)
  }
}

extension ProfileFit {
  /// Gathers the data of some series, a row each, and fits them.
  fileprivate func profiles(of histories: [SeriesHistory]) -> Matrix {
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
