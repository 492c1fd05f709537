// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Vocabulary

/// What is expected of a day, of the series that are known and of one that comes for the first time.
///
/// Which series come later on the day has no part in it, so that a forecast made at midnight and one
/// made in hindsight are the same.
public struct DayForecast: Sendable {
  /// The day, since 1970-01-01.
  public let day: Int
  /// By the index of the series; `nil` for one that is not known yet.
  public let baselines: [Baseline?]
  private let fits: ProfileFits
  private let weights: WeekWeights
  private let prior: SpreadPrior

  /// Fits the known series together, in blocks that keep the matrices of a fit within the cache.
  init(
    day: Int, baselineDays: Int, memories: [SeriesMemory], firstDays: [Int],
    spread: SpreadParameters
  ) {
    let known = memories.indices.filter { memories[$0].isKnown && firstDays[$0] < day }
    self.day = day
    weights = WeekWeights(
      day: day, days: baselineDays, firstDay: known.map { firstDays[$0] }.min() ?? day)
    fits = ProfileFits(weights: weights.perHalfHour, weekday: Minute.weekday(ofDay: day))
    var baselines = [Baseline?](repeating: nil, count: memories.count)
    var prior = SpreadPrior([], spread)
    if !fits.all.isEmpty {
      let forecasts = Self.forecasts(
        of: known, memories: memories, firstDays: firstDays, with: (fits, weights))
      prior = SpreadPrior(forecasts.map(\.dispersion), spread)
      for (position, index) in known.enumerated() {
        baselines[index] = forecasts[position].baseline(memory: memories[index], prior: prior)
      }
    }
    self.prior = prior
    self.baselines = baselines
  }

  /// What the known series show of the spread that they share.
  public var spreadEvidence: SpreadEvidence { prior.evidence }

  /// Returns what is expected of a series that was never seen, `nil` on the first day of an account,
  /// by the first day with data of its account.
  public func newcomer(firstDay: Int) -> Baseline? {
    guard !fits.all.isEmpty, firstDay < day else { return nil }
    let memory = SeriesMemory()
    return Self.forecasts(
      of: [0], memories: [memory], firstDays: [firstDay], with: (fits, weights)
    )
    .first?.baseline(memory: memory, prior: prior)
  }

  /// Fits series in blocks, whose matrices stay within the cache.
  private static func forecasts(
    of series: [Int], memories: [SeriesMemory], firstDays: [Int],
    with model: (fits: ProfileFits, weights: WeekWeights)
  ) -> [SeriesForecast] {
    guard !series.isEmpty else { return [] }
    // A span lends its elements, where an array would hand out copies.
    let memories = memories.span
    let rowCount = min(series.count, seriesPerBlock)
    var history = HistoryBlock(weights: model.weights, rowCount: rowCount)
    var fit = BlockFit(model.fits, rowCount: rowCount)
    var past = PastDays(weights: model.weights)
    var forecasts: [SeriesForecast] = []
    forecasts.reserveCapacity(series.count)
    for start in stride(from: 0, to: series.count, by: seriesPerBlock) {
      let rows = min(seriesPerBlock, series.count - start)
      for row in 0..<rows {
        let index = series[start + row]
        history.load(memories[index], row: row, firstDay: firstDays[index])
      }
      fit.fit(history, rows: rows)
      for row in 0..<rows {
        past.set(history, fit.profiles, row: row)
        forecasts.append(
          SeriesForecast(
            past, (history, row), fit.profiles.certainty(row), memory: memories[series[start + row]]
          ))
      }
    }
    return forecasts
  }

  static let seriesPerBlock = 256
}
