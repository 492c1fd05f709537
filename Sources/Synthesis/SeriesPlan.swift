// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// An account's logs in one Region: what one sequence of log files holds.
struct LogSource: Sendable {
  let account: Int
  let accountID: String
  let region: String
}

/// The accounts, callers and series of a trail.
struct SeriesPlan: Sendable {
  private(set) var sources: [LogSource] = []
  /// The callers of each account.
  private(set) var callers: [[Caller]] = []
  /// The analysed series, then the background.
  private(set) var series: [SyntheticSeries] = []
  /// The source of each series.
  private(set) var sourceIndices: [Int] = []
  private var callPools: [[CatalogEntry]] = []
  private var errorPools: [[(CatalogEntry, String)]] = []
  private let seed: UInt64
  private let rhythm: TrailRhythm

  init(_ options: SynthesisOptions, _ rhythm: TrailRhythm) {
    seed = options.seed
    self.rhythm = rhythm
    let seriesCount = max(1, options.seriesCount)
    makeSources(seriesCount)
    for (index, family) in drawFamilies(seriesCount).enumerated() { add(family, at: index) }
    let target = options.eventTarget ?? seriesCount * rhythm.minuteCount * 1_000_000 / 9_072_000
    setRates(perMinute: Double(target) / Double(rhythm.minuteCount), analysed: seriesCount)
    linkFailingCalls()
  }

  private mutating func makeSources(_ seriesCount: Int) {
    var random = SeededGenerator(seed: seed, 2)
    let regions = ["us-east-1", "eu-west-1", "ap-southeast-2"]
    for account in 0..<max(3, (seriesCount + 119) / 120) {
      let accountID = String(random.integer(100_000_000_000, 999_999_999_999))
      callers.append(makeCallers(accountID: accountID, &random))
      for region in regions.prefix(account % 2 == 0 ? 2 : 3) {
        sources.append(LogSource(account: account, accountID: accountID, region: region))
        var calls = Catalog.calls
        random.permute(&calls)
        callPools.append(calls)
        var errors = Catalog.reads.flatMap { entry in entry.errorCodes.map { (entry, $0) } }
        random.permute(&errors)
        errorPools.append(errors)
      }
    }
  }

  /// Gives every family its share, at least one where there are enough series.
  private func drawFamilies(_ count: Int) -> [SeriesFamily] {
    let shares: [(SeriesFamily, Double)] = [
      (.diurnal, 0.22), (.sparse, 0.24), (.scheduled, 0.12), (.clumpy, 0.09), (.growth, 0.05),
      (.errorProne, 0.07), (.failingCalls, 0.04), (.unseen, 0.02), (.newcomer, 0.015),
    ]
    var families = shares.flatMap { family, share in
      Array(repeating: family, count: max(1, Int(share * Double(count))))
    }
    families = Array(families.prefix(count))
    families += Array(repeating: .steady, count: count - families.count)
    var random = SeededGenerator(seed: seed, 3)
    random.permute(&families)
    return families
  }

  private mutating func add(_ family: SeriesFamily, at index: Int) {
    let source = index % sources.count
    var random = SeededGenerator(seed: seed, 4, index)
    let (entry, code) = takeEntry(family, source)
    let key = SeriesKey(
      recipientAccountID: sources[source].accountID, awsRegion: sources[source].region,
      eventCategory: (entry.isData ? EventCategory.data : .management).rawValue,
      eventSource: entry.source, eventName: entry.name,
      insightType: code.isEmpty ? .apiCallRate : .apiErrorRate, errorCode: code)
    series.append(
      SyntheticSeries(
        key: key, family: family, index: index, law: family.drawLaw(rhythm, &random),
        callers: CallerMix(callerCount: callers[sources[source].account].count, &random),
        isReadOnly: entry.isReadOnly))
    sourceIndices.append(source)
  }

  private mutating func takeEntry(_ family: SeriesFamily, _ source: Int) -> (CatalogEntry, String) {
    switch family {
    case .errorProne: return errorPools[source].popLast() ?? (Catalog.reads[0], "AccessDenied")
    case .background:
      let entry = Catalog.reads[series.count / sources.count % Catalog.reads.count]
      return (entry, "")
    default: return (callPools[source].popLast() ?? Catalog.calls[0], "")
    }
  }

  /// Makes each series of failing calls one of a busy call-rate series of the same source.
  private mutating func linkFailingCalls() {
    var taken: Set<Int> = []
    for index in series.indices where series[index].family == .failingCalls {
      let candidates = series.indices.filter {
        [.steady, .diurnal, .growth].contains(series[$0].family) && !taken.contains($0)
          && sourceIndices[$0] == sourceIndices[index]
      }
      var random = SeededGenerator(seed: seed, 5, index)
      guard let parent = candidates.max(by: { series[$0].law.rate < series[$1].law.rate }) else {
        continue
      }
      taken.insert(parent)
      series[index] = series[index].failing(
        series[parent], share: random.logUniform(0.01, 0.2), &random)
    }
  }

  /// Scales the busy series so that half of the events are analysed, and adds reads as the rest.
  private mutating func setRates(perMinute target: Double, analysed: Int) {
    let own = series
    let fixed = own.filter { !$0.family.isScalable }.reduce(0) { $0 + $1.law.averageRate }
    let scalable = own.filter { $0.family.isScalable }.reduce(0) { $0 + $1.law.averageRate }
    let factor = min(100, max(0.01, (target / 2 - fixed) / max(scalable, 1e-9)))
    series = series.map { $0.family.isScalable ? $0.scaled(by: factor) : $0 }
    let used = fixed + scalable * factor
    for index in analysed..<analysed + 8 * sources.count { add(.background, at: index) }
    let drawn = series[analysed...].reduce(0) { $0 + $1.law.averageRate }
    let reads = max(target - used, used * 0.5) / drawn
    for index in analysed..<series.count { series[index] = series[index].scaled(by: reads) }
  }
}

extension SyntheticSeries {
  fileprivate func scaled(by factor: Double) -> SyntheticSeries {
    var law = law
    law.scale(by: factor)
    return SyntheticSeries(
      key: key, family: family, index: index, law: law, callers: callers, isReadOnly: isReadOnly)
  }

  /// Returns the errors of a call-rate series under one code.
  fileprivate func failing(
    _ calls: SyntheticSeries, share: Double, _ random: inout SeededGenerator
  ) -> SyntheticSeries {
    var key = calls.key
    key.insightType = .apiErrorRate
    let entry = Catalog.calls.first {
      $0.source == key.eventSource && $0.name == key.eventName
    }
    key.errorCode = random.element(of: entry?.errorCodes ?? ["AccessDenied"])
    return SyntheticSeries(
      key: key, family: family, index: index, law: calls.law, callers: calls.callers,
      isReadOnly: calls.isReadOnly, parent: (calls.index, share))
  }
}
