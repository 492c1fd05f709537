// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

@testable import Baselines

/// The slow twin of a series' forecast: half hour by half hour, as the model's page says it.
///
/// All is worked out in double precision, each series on its own.
struct SlowForecast {
  var rates: [Double] = []
  var uncertainties: [Double] = []
  var dispersion: Dispersion

  private let memory: SeriesMemory
  private let weights: WeekWeights
  private let firstDay: Int
  private var bornDay = 0
  private var levels: [Double] = []
  private var means: [Double] = []
  private var roots: [[Double]] = []
  private var missing: [UInt64] = []
  private var unseen = 0.0
  private(set) var fit: SlowRegression
  /// By how many nats what was taken is likelier than the next: where both are as likely, rounding
  /// decides.
  private(set) var margin = Double.infinity

  init(_ memory: SeriesMemory, firstDay: Int, weights: WeekWeights, designs: [WeekDesign]) {
    self.memory = memory
    self.weights = weights
    self.firstDay = max(firstDay, memory.levelStart)
    dispersion = memory.dispersion
    fit = SlowRegression(designs[0])
    bornDay = max(self.firstDay, memory.records.first?.day ?? self.firstDay)
    for day in weights.days {
      let record = memory.records.first { $0.day == day }
      roots.append((0..<48).map { bin in Anscombe.forward(Double(record?.counts[bin] ?? 0)) })
      missing.append(record?.missing ?? (day < bornDay ? .max : 0))
    }
    let known = all.filter { !isMissing($0) }
    let mean =
      known.isEmpty
      ? Anscombe.forward(0) : known.reduce(0) { $0 + roots[$1.index][$1.bin] } / Double(known.count)
    var filled = roots
    for place in all where isMissing(place) { filled[place.index][place.bin] = mean }
    for designs in [designs, []] {
      let found = SlowRegression.best(filled, weights, designs.isEmpty ? [fit.design] : designs)
      fit = found.best
      margin = min(margin, found.margin)
      if !designs.isEmpty { clip(&filled, to: fit.profile) }
    }
    setMeans(fit.profile)
    setLevels()
    finish()
    measureSpread()
  }

  private typealias Place = (index: Int, bin: Int, position: Int)

  /// All half hours: the index of the day, the half hour, and where it stands in a week.
  private var all: [Place] {
    weights.days.enumerated().flatMap { index, day in
      (0..<48).map { (index, $0, Minute.weekday(ofDay: day) * 48 + $0) }
    }
  }

  private func isMissing(_ place: Place) -> Bool {
    missing[place.index] >> UInt64(place.bin) & 1 == 1
  }

  private func weight(_ index: Int) -> Double { weights.perDay[index].weight }

  private func count(_ place: Place) -> Double {
    roots[place.index][place.bin] * roots[place.index][place.bin] - 0.375
  }

  private func clip(_ roots: inout [[Double]], to profile: [Double]) {
    let known = all.filter { !isMissing($0) }
    let squares = known.reduce(0.0) {
      let residual = roots[$1.index][$1.bin] - profile[$1.position]
      return $0 + residual * residual
    }
    let deviation = known.isEmpty ? 0 : (squares / Double(known.count)).squareRoot()
    for place in all {
      let fitted = profile[place.position]
      let highest = max(fitted + 3 * deviation, (fitted * fitted + 4).squareRoot())
      let value = max(roots[place.index][place.bin], fitted - 4 * deviation)
      roots[place.index][place.bin] = isMissing(place) ? fitted : min(value, highest)
    }
  }

  private mutating func setMeans(_ profile: [Double]) {
    var (sums, totals) = ([Double](repeating: 0, count: 96), [Double](repeating: 0, count: 96))
    for place in all
    where weights.days.lowerBound + place.index >= firstDay && !isMissing(place) {
      let slot = (fit.design.weekend.contains(place.position) ? 48 : 0) + place.bin
      sums[slot] += weight(place.index) * count(place)
      totals[slot] += weight(place.index)
    }
    means = profile.enumerated().map { position, root in
      let slot = (fit.design.weekend.contains(position) ? 48 : 0) + position % 48
      return max(
        totals[slot] > 0 ? 0.5 * sums[slot] / totals[slot] : 0, Anscombe.unbiasedInverse(root))
    }
  }

  private mutating func setLevels() {
    var (observed, expected) = ([Double](), [Double]())
    var exposure = 0.0
    for (index, day) in weights.days.enumerated() where day >= bornDay {
      let places = all.filter { $0.index == index && !isMissing($0) }
      observed.append(
        places.reduce(0) {
          let highest = 3 * means[$1.position] + 4
          return $0 + max(0, min(count($1), highest + 6 * highest.squareRoot()))
        })
      expected.append(places.reduce(0) { $0 + means[$1.position] })
      exposure += weight(index)
    }
    levels = Array(repeating: 1, count: weights.days.count - observed.count)
    levels += LevelFilter.forecasts(observed: observed, profile: expected)
    unseen = 1 / (1.5 + exposure) / 1440
  }

  private mutating func finish() {
    let start = Minute.weekday(ofDay: weights.day) * 48
    for bin in 0..<48 {
      let mean = means[start + bin]
      rates.append(levels[levels.count - 1] * mean / 30 + unseen)
      let variance = fit.variance(at: start + bin)
      uncertainties.append(4 * (mean + 0.375) * variance / ((mean + 0.1) * (mean + 0.1)))
    }
  }

  private mutating func measureSpread() {
    let bins = weights.perHalfHour.reduce(0, +)
    let inflation = min(3, bins / max(bins - fit.freedom, bins / 4))
    for (index, day) in weights.days.enumerated() where day >= firstDay {
      let start = Minute.weekday(ofDay: day) * 48
      let expected = (0..<48).map {
        (index == 0 ? 1 : levels[index]) * means[start + $0] + unseen * 30
      }
      let dayMean = expected.reduce(0, +) / 48
      for (window, span) in [(3, 2), (4, 8)] {
        for first in stride(from: 0, to: 48, by: span) {
          let places = (first..<first + span).map { (index, $0, start + $0) }
          guard !places.contains(where: { isMissing($0) }) else { continue }
          let mean = expected[first..<first + span].reduce(0, +)
          let usual = (mean * (1.3 + 0.1 * mean)).squareRoot()
          let came = places.reduce(0) { $0 + count($1) }
          let deviation = max(-2.5 * usual, min(came - mean, 4 + 5 * usual))
          dispersion.add(
            window: window, relativeRate: mean / Double(span) / dayMean, mean: mean,
            square: inflation * deviation * deviation, weight: weight(index))
        }
      }
    }
  }
}

extension LevelFilter {
  static func forecasts(observed: [Double], profile: [Double]) -> [Double] {
    var levels: [Double] = []
    addForecasts(observed: observed, profile: profile, to: &levels)
    return levels
  }
}
