// SPDX-License-Identifier: Apache-2.0

/// The search for an incident's strength on a series, at a time, by a culprit.
struct IncidentTrial {
  private let series: SyntheticSeries
  private let family: IncidentFamily
  private let shape: IncidentShape
  private let table: LawTable
  /// What the law alone made of every minute.
  private let counts: [Int]
  /// Calls that can turn into errors, by minute.
  private let trials: [Int]?

  init(
    _ series: SyntheticSeries, _ family: IncidentFamily, _ shape: IncidentShape,
    _ table: LawTable, _ counts: [Int], _ trials: [Int]?
  ) {
    self.series = series
    self.family = family
    self.shape = shape
    self.table = table
    self.counts = counts
    self.trials = trials
  }

  /// Draws a strength; `nil` where the incident could not be known with certainty enough, or would
  /// not hide behind a bigger caller though it shall.
  func run(
    isOvershadowed: Bool, log10Limit: Double, callers: [Caller], _ random: inout SeededGenerator
  ) -> Incident? {
    guard let culprit = drawCulprit(callers, isOvershadowed, &random) else { return nil }
    let weakest = shape.strengths.lowerBound * (isOvershadowed ? 0.3 : 1)
    let strength = random.logUniform(weakest, shape.strengths.upperBound)
    let extras = drawExtras(strength, shape.minutes, &random)
    let tail = table.log10BestTail(total(extras), in: shape.minutes)
    guard tail < log10Limit, !isOvershadowed || isBehindBiggest(extras, culprit) else {
      return nil
    }
    let later = shape.minutes.upperBound..<shape.minutes.lowerBound + shape.weights.count
    let rest = drawExtras(strength, later, &random)
    return incident(extras.merging(rest, uniquingKeysWith: +), culprit, tail, strength)
  }

  private func incident(
    _ extras: [Int: Int], _ culprit: Int, _ tail: Double, _ strength: Double
  ) -> Incident? {
    let inLabel = extras.keys.filter { shape.minutes.contains($0) }
    guard let first = inLabel.min(), let last = inLabel.max() else { return nil }
    let isShift = family == .levelShift
    return Incident(
      seriesIndex: series.index, family: family,
      minutes: first..<(isShift ? shape.minutes.upperBound : last + 1), extras: extras,
      culprit: culprit, log10PValue: tail, shiftFactor: isShift ? 1 + strength : nil)
  }

  private func drawExtras(
    _ strength: Double, _ minutes: Range<Int>, _ random: inout SeededGenerator
  ) -> [Int: Int] {
    var extras: [Int: Int] = [:]
    for minute in minutes {
      let mean = strength * shape.weights[minute - shape.minutes.lowerBound]
      let extra =
        shape.isConversion
        ? random.binomial(trials?[minute] ?? 0, min(1, mean)) : random.poisson(mean)
      if extra > 0 { extras[minute] = extra }
    }
    return extras
  }

  private func total(_ extras: [Int: Int]) -> [Int] {
    var counts = counts
    for (minute, extra) in extras { counts[minute] += extra }
    return counts
  }

  /// One third each: the usual biggest caller, another usual one, someone new to the series.
  private func drawCulprit(
    _ callers: [Caller], _ isOvershadowed: Bool, _ random: inout SeededGenerator
  ) -> Int? {
    let usual = series.callers.indices.filter { callers[$0].arn != nil }
    let strangers = callers.indices.filter {
      callers[$0].arn != nil && !series.callers.indices.contains($0)
    }
    let others = usual.dropFirst(usual.first == series.callers.indices.first ? 1 : 0)
    let choices = isOvershadowed ? [Array(others), strangers] : [usual, Array(others), strangers]
    let open = choices.filter { !$0.isEmpty }
    guard !open.isEmpty else { return nil }
    let choice = random.element(of: open)
    return choice == usual && !isOvershadowed ? usual[0] : random.element(of: choice)
  }

  /// Whether the usual biggest caller makes clearly more of the calls than the culprit.
  private func isBehindBiggest(_ extras: [Int: Int], _ culprit: Int) -> Bool {
    let usual = Double(counts[shape.minutes].reduce(0, +))
    let extra = Double(extras.filter { shape.minutes.contains($0.key) }.values.reduce(0, +))
    let position = series.callers.indices.firstIndex(of: culprit)
    let own = usual * (position.map { series.callers.weights[$0] } ?? 0)
    return extra + own < 0.85 * usual * series.callers.weights[0]
  }
}
