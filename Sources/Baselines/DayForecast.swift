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
  private let fit: ProfileFit?
  private let weights: WeekWeights
  private let prior: SpreadPrior

  /// Fits the known series together, in blocks that keep the matrices of a fit within the cache.
  init(
    day: Int, baselineDays: Int, seriesCount: Int,
    known: [(index: Int, memory: SeriesMemory, firstDay: Int)]
  ) {
    self.day = day
    weights = WeekWeights(
      day: day, days: baselineDays, firstDay: known.map(\.firstDay).min() ?? day)
    fit = WeekDesign(weights: weights.perHalfHour).map {
      ProfileFit(design: $0, weekday: Minute.weekday(ofDay: day))
    }
    var baselines = [Baseline?](repeating: nil, count: seriesCount)
    var forecasts: [SeriesForecast] = []
    if let fit {
      forecasts.reserveCapacity(known.count)
      for start in stride(from: 0, to: known.count, by: 512) {
        forecasts += Self.forecasts(
          of: known[start..<min(known.count, start + 512)], fit: fit, weights: weights)
      }
    }
    prior = SpreadPrior(forecasts.map(\.dispersion))
    for (forecast, series) in zip(forecasts, known) {
      baselines[series.index] = forecast.baseline(memory: series.memory, prior: prior)
    }
    self.baselines = baselines
  }

  /// Returns what is expected of a series that was never seen, `nil` on the first day of an account,
  /// by the first day with data of its account.
  public func newcomer(firstDay: Int) -> Baseline? {
    guard let fit, firstDay < day else { return nil }
    let memory = SeriesMemory()
    return Self.forecasts(of: [(0, memory, firstDay)], fit: fit, weights: weights)
      .first?.baseline(memory: memory, prior: prior)
  }

  private static func forecasts(
    of series: ArraySlice<(index: Int, memory: SeriesMemory, firstDay: Int)>, fit: ProfileFit,
    weights: WeekWeights
  ) -> [SeriesForecast] {
    let histories = series.map { SeriesHistory($0.memory, firstDay: $0.firstDay, weights: weights) }
    let profiles = SeriesHistory.fit(histories, with: fit)
    return zip(histories, series).enumerated().map { row, pair in
      SeriesForecast(
        pair.0, profile: profiles.profile(row), memory: pair.1.memory)
    }
  }
}
