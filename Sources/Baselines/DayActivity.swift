// SPDX-License-Identifier: Apache-2.0
import Counts

/// One day of one series, as the learning sees it.
struct DayActivity {
  let day: Int
  /// Minutes of the day with events, ascending, those without information left out.
  private let minutes: [Int]
  /// Events before each of `minutes`, and behind the last.
  private let cumulative: [Int]
  private let outcome: DayOutcome
  private let medianHourlyCount: Double

  init(_ counts: SeriesCounts, day: Int, outcome: DayOutcome) {
    self.day = day
    self.outcome = outcome
    let start = day * 1440
    var minutes: [Int] = []
    var cumulative = [0]
    for index in counts.lowerBound(start)..<counts.lowerBound(start + 1440) {
      let minute = Int(counts.minutes[index]) - start
      if outcome.missing.contains(where: { $0.contains(minute) }) { continue }
      minutes.append(minute)
      cumulative.append(cumulative[cumulative.count - 1] + counts.count(at: index))
    }
    medianHourlyCount = Self.medianHourlyCount(minutes, cumulative)
    self.minutes = minutes
    self.cumulative = cumulative
  }

  // MARK: Spread

  /// Longer bursts, in minutes, are no storms: on the first day, the working hours are one.
  static let longestStorm = 60

  /// Adds the day's squared deviations from the forecast, for every window length, over windows
  /// side by side that hold neither excluded minutes nor scheduled bursts.
  func measureSpread(
    _ baseline: Baseline, expected: [Double], usualBurst: Double, into dispersion: inout Dispersion
  ) {
    let left =
      outcome.missing + outcome.told.filter { $0.count > Self.longestStorm }
      + baseline.bursts.map { ($0.earliest..<$0.latest).clamped(to: 0..<1440) }
    let dayMean = max(expected[1440] / 1440, 1e-12)
    for (window, length) in windowLengths.enumerated() where length < 60 {
      let isLeftOut = Self.cover(left, length: length)
      var windows = ShortWindows(
        dispersion, window: window, law: baseline.spreads[window],
        dayMean: dayMean * Double(length), usualBurst: usualBurst)
      var index = 0
      for slot in 0..<1440 / length {
        let start = slot * length
        var count = 0
        while index < minutes.count, minutes[index] < start + length {
          count += cumulative[index + 1] - cumulative[index]
          index += 1
        }
        if isLeftOut[slot] { continue }
        windows.add(count: Double(count), mean: expected[start + length] - expected[start])
      }
      windows.store(in: &dispersion)
    }
  }

  /// Which windows of a length touch any of the ranges.
  private static func cover(_ ranges: [Range<Int>], length: Int) -> [Bool] {
    var isCovered = [Bool](repeating: false, count: 1440 / length)
    for range in ranges where !range.isEmpty {
      for slot in range.lowerBound / length...(range.upperBound - 1) / length {
        isCovered[slot] = true
      }
    }
    return isCovered
  }

  /// Events over expected ones in some ranges of the day.
  func ratio(in ranges: [Range<Int>], expected: [Double]) -> Double {
    var count = 1.0
    var mean = 1.0
    for range in ranges {
      mean += expected[range.upperBound] - expected[range.lowerBound]
      for index in minutes.indices where range.contains(minutes[index]) {
        count += Double(cumulative[index + 1] - cumulative[index])
      }
    }
    return count / mean
  }

  func learned(_ hourly: HourlySchedule) -> HourlySchedule {
    var hourly = hourly
    hourly.learn(minutes, counts: minutes.indices.map { cumulative[$0 + 1] - cumulative[$0] })
    return hourly
  }

  // MARK: Bursts

  /// The day's bursts: five-minute sums far above the smooth rate, told apart by quiet.
  func episodes(baseline: Baseline?) -> [Episode] {
    var episodes: [Episode] = []
    var first = 0
    var current: Range<Int>?
    for index in minutes.indices {
      while minutes[first] <= minutes[index] - 5 { first += 1 }
      let sum = Double(cumulative[index + 1] - cumulative[first])
      let mean = 5 * smoothRate(at: minutes[index], baseline: baseline)
      guard sum >= mean + StormLaw.leastExcess(overMean: mean) else { continue }
      if let open = current, minutes[first] - minutes[open.upperBound - 1] <= 5 {
        current = open.lowerBound..<index + 1
      } else {
        if let open = current { episodes.append(episode(open, baseline: baseline)) }
        current = first..<index + 1
      }
    }
    if let open = current { episodes.append(episode(open, baseline: baseline)) }
    return episodes
  }

  private func episode(_ indices: Range<Int>, baseline: Baseline?) -> Episode {
    let start = minutes[indices.lowerBound]
    let duration = minutes[indices.upperBound - 1] + 1 - start
    let count = Double(cumulative[indices.upperBound] - cumulative[indices.lowerBound])
    let mean = smoothRate(at: start, baseline: baseline) * Double(duration)
    let isTold = outcome.told.contains { $0.overlaps(start..<start + duration) }
    return Episode(
      start: day * 1440 + start, duration: duration, count: count, excess: max(1, count - mean),
      stormWeight: duration > Self.longestStorm ? 0 : isTold ? 0.25 : 1)
  }

  /// Before there is a baseline, the day's own median hour stands in.
  private func smoothRate(at minute: Int, baseline: Baseline?) -> Double {
    if let baseline { return baseline.rate(minuteOfDay: minute) }
    return medianHourlyCount / 60
  }

  private static func medianHourlyCount(_ minutes: [Int], _ cumulative: [Int]) -> Double {
    var hours = [Int](repeating: 0, count: 24)
    for index in minutes.indices {
      hours[minutes[index] / 60] += cumulative[index + 1] - cumulative[index]
    }
    return Double(hours.sorted()[12])
  }

  // MARK: Rates

  /// Events per half hour, without those of some bursts.
  func record(without bursts: [Episode], hourly: HourlySchedule) -> DayRecord {
    var counts = [Float](repeating: 0, count: HalfHours.perDay)
    for index in minutes.indices {
      if hourly.contains(minutes[index]) { continue }
      counts[minutes[index] / HalfHours.minutes] += Float(cumulative[index + 1] - cumulative[index])
    }
    for burst in bursts {
      let bin = (burst.start - day * 1440) / HalfHours.minutes
      let spill = min(HalfHours.perDay - 1, bin + 1)
      let rest = Float(burst.excess) - counts[bin]
      counts[bin] = max(0, counts[bin] - Float(burst.excess))
      if rest > 0 { counts[spill] = max(0, counts[spill] - rest) }
    }
    let gaps = Self.halfHours(in: outcome.missing)
    return DayRecord(
      day: day, counts: HalfHourCounts(counts), missing: gaps | Self.halfHours(in: outcome.told),
      gaps: gaps)
  }

  /// Sets the bits of the half hours of which more than a third lies in one of the ranges.
  private static func halfHours(in ranges: [Range<Int>]) -> UInt64 {
    var bits: UInt64 = 0
    for range in ranges {
      for bin in 0..<HalfHours.perDay {
        let overlap = range.clamped(to: bin * HalfHours.minutes..<(bin + 1) * HalfHours.minutes)
        if overlap.count > HalfHours.minutes / 3 { bits |= 1 << UInt64(bin) }
      }
    }
    return bits
  }
}
