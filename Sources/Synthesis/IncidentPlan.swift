// SPDX-License-Identifier: Apache-2.0

/// The incidents of a trail: on which series, when, how strong and by whom.
///
/// Series, start and strength are drawn until the chance of the incident's best window under the
/// true law is below a limit, which is drawn between 1e-6 and 1e-20 for each. So incidents reach
/// down to what a detector that knows the law could just tell, and are not crowded there.
struct IncidentPlan {
  private(set) var incidents: [Incident] = []
  private let plan: SeriesPlan
  private let rhythm: TrailRhythm
  private let seed: UInt64
  private var random: SeededGenerator
  /// The incidents' minutes by the series whose calls they are among.
  private var taken: [Int: [Range<Int>]] = [:]

  static let log10Limit = -6.0
  static let firstMinute = 7 * 1440

  init(_ plan: SeriesPlan, _ rhythm: TrailRhythm, _ options: SynthesisOptions) {
    self.plan = plan
    self.rhythm = rhythm
    seed = options.seed
    random = SeededGenerator(seed: options.seed, 6)
    let days = max(0, options.days - 7)
    guard !options.incidentFree else { return }
    // 60 in two weeks of 300 series.
    let count = (60 * options.seriesCount * days + 2100) / 4200
    for number in 0..<count {
      addIncident(IncidentFamily.allCases[number % IncidentFamily.allCases.count])
    }
    incidents.sort {
      ($0.minutes.lowerBound, $0.seriesIndex) < ($1.minutes.lowerBound, $1.seriesIndex)
    }
  }

  private mutating func addIncident(_ family: IncidentFamily) {
    var candidates = plan.series.indices.filter {
      plan.series[$0].family != .background && family.suits(plan.series[$0])
    }
    random.permute(&candidates)
    // A few incidents hide behind a bigger caller; that takes a busy series.
    let isOvershadowed = family.canBeOvershadowed && random.chance(0.6)
    if isOvershadowed { sortByRate(&candidates) }
    let limit = Self.log10Limit - random.uniform(0, 14)
    let attempts = [(isOvershadowed, limit), (false, limit), (false, Self.log10Limit)]
    for (isOvershadowed, limit) in attempts {
      for index in candidates.prefix(40) {
        guard let incident = draw(family, index, isOvershadowed, limit) else { continue }
        taken[unit(index), default: []].append(
          incident.shiftFactor == nil
            ? incident.minutes : incident.minutes.lowerBound..<rhythm.minuteCount)
        incidents.append(incident)
        return
      }
    }
  }

  /// The busiest half first, in the order they had.
  private func sortByRate(_ candidates: inout [Int]) {
    let rates = candidates.map { plan.series[$0].law.averageRate }.sorted()
    let median = rates.isEmpty ? 0 : rates[rates.count * 2 / 3]
    candidates =
      candidates.filter { plan.series[$0].law.averageRate >= median }
      + candidates.filter { plan.series[$0].law.averageRate < median }
  }

  private func unit(_ index: Int) -> Int { plan.series[index].parent?.index ?? index }

  private mutating func draw(
    _ family: IncidentFamily, _ index: Int, _ isOvershadowed: Bool, _ log10Limit: Double
  ) -> Incident? {
    guard rhythm.minuteCount > Self.firstMinute + 120 else { return nil }
    let series = plan.series[index]
    let table = LawTable(series.law, rhythm, share: series.parent?.share ?? 1)
    let counts = plan.usualCounts(index, seed: seed, rhythm)
    for _ in 0..<10 {
      let start = random.integer(Self.firstMinute, rhythm.minuteCount - 60)
      guard let shape = IncidentShape(family, series, table, at: start, &random),
        isFree(shape.minutes, unit(index)), start >= series.law.firstMinute
      else { continue }
      let trial = IncidentTrial(
        series, family, shape, table, counts, plan.trials(index, seed: seed, rhythm, counts))
      if let incident = trial.run(
        isOvershadowed: isOvershadowed, log10Limit: log10Limit,
        callers: plan.callers[plan.sources[plan.sourceIndices[index]].account], &random)
      {
        return incident
      }
    }
    return nil
  }

  /// Whether nothing else happens on the series within a day, nor to the whole trail.
  private func isFree(_ minutes: Range<Int>, _ unit: Int) -> Bool {
    let near = minutes.lowerBound - 1440..<minutes.upperBound + 1440
    return rhythm.isQuiet(minutes) && (taken[unit] ?? []).allSatisfy { !$0.overlaps(near) }
  }
}

extension IncidentFamily {
  /// Whether a caller that is not the biggest can be the one that changed.
  fileprivate var canBeOvershadowed: Bool {
    [.slowBurn, .levelShift, .errorSurge, .nightLevel, .spike].contains(self)
  }
}

extension SeriesPlan {
  /// The calls of a series by minute, as its law alone makes them.
  func usualCounts(_ index: Int, seed: UInt64, _ rhythm: TrailRhythm) -> [Int] {
    var random = SeededGenerator(seed: seed, 10, index)
    guard let (parent, share) = series[index].parent else {
      return series[index].law.drawCounts(rhythm, &random)
    }
    return usualCounts(parent, seed: seed, rhythm).map { random.binomial($0, share) }
  }

  /// The calls of a linked series that can still fail, by minute; `nil` for other series.
  func trials(_ index: Int, seed: UInt64, _ rhythm: TrailRhythm, _ failures: [Int]) -> [Int]? {
    guard let parent = series[index].parent?.index else { return nil }
    return zip(usualCounts(parent, seed: seed, rhythm), failures).map { $0 - $1 }
  }
}
