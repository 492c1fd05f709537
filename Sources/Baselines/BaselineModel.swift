// SPDX-License-Identifier: Apache-2.0
public import Counts
import LinearAlgebra
import Vocabulary

/// Learns what is usual for every series, day after day, and forecasts the next day.
///
/// A day is learnt with `learn` once it is over; `forecast` then fits all series together on up to
/// `baselineDays` days. Nothing of the forecast day or later enters.
public struct BaselineModel: Sendable {
  /// Days of history that a forecast rests on.
  public let baselineDays: Int
  /// By the index of the series, as the caller counts them.
  private var memories: [SeriesMemory]

  /// Creates a model without any memory.
  public init(seriesCount: Int, baselineDays: Int = 28) {
    self.baselineDays = baselineDays
    memories = Array(repeating: SeriesMemory(), count: seriesCount)
  }

  /// Learns what a series did on a day.
  ///
  /// - Parameters:
  ///   - series: its index.
  ///   - day: days since 1970-01-01; days are learnt in order.
  ///   - counts: the series' counts; only those of the day are read.
  ///   - baseline: the forecast for that day, `nil` where there was none.
  ///   - outcome: what the later stages made of the day.
  public mutating func learn(
    series: Int, day: Int, counts: SeriesCounts, baseline: Baseline?, outcome: DayOutcome
  ) {
    memories[series].learn(
      day: day, counts: counts, baseline: baseline, outcome: outcome, baselineDays: baselineDays)
  }

  /// Forecasts a day for series that have data before it.
  ///
  /// - Parameters:
  ///   - day: days since 1970-01-01.
  ///   - series: indices of the series to forecast.
  ///   - firstDays: for each of those, the first day with data of its account.
  /// - Returns: a baseline for each of `series`.
  /// - Complexity: O(series · 336 · coefficients) in BLAS, and O(series · days · 48) around it.
  public func forecast(day: Int, series: [Int], firstDays: [Int]) -> [Baseline] {
    let weights = WeekWeights(day: day, days: baselineDays, firstDay: firstDays.min() ?? day)
    guard let design = WeekDesign(weights: weights.perHalfHour) else { return [] }
    let fit = ProfileFit(design: design, weekday: Minute.weekday(ofDay: day))
    var forecasts: [SeriesForecast] = []
    forecasts.reserveCapacity(series.count)
    // Blocks keep the matrices of a fit within the cache.
    for start in stride(from: 0, to: series.count, by: 512) {
      let block = Array(start..<min(series.count, start + 512))
      let histories = block.map { index in
        SeriesHistory(memories[series[index]], firstDay: firstDays[index], weights: weights)
      }
      let profiles = SeriesHistory.fit(histories, with: fit)
      for (row, index) in block.enumerated() {
        forecasts.append(
          SeriesForecast(
            histories[row], profile: profiles.profile(row), memory: memories[series[index]]))
      }
    }
    let prior = SpreadPrior(forecasts.map(\.dispersion))
    return forecasts.enumerated().map { index, forecast in
      forecast.baseline(memory: memories[series[index]], prior: prior)
    }
  }
}
