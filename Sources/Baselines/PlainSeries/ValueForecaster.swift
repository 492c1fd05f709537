// SPDX-License-Identifier: Apache-2.0

/// Forecasts the next row of a plain series from the rows before it.
///
/// Several forecasters run side by side: levels with memories of 2 to 500 rows, and profiles of the
/// day and the week, alone and corrected by the last rows. The one that was best of late (least
/// mean square error over about 500 rows, single errors capped) is believed. So a season counts
/// where the history shows one, and a walk is followed where there is none.
///
/// - SeeAlso: M. Herbster and M. Warmuth, Tracking the best expert, 1998.
public struct ValueForecaster: Sendable {
  /// What is expected of a row.
  public struct Forecast: Sendable {
    /// Of the best forecaster.
    public var best: Double
    /// Of the day's profile; the best where it knows nothing of this time.
    public var byTimeOfDay: Double
  }

  private static let levelRates = [0.5, 0.1, 0.02, 0.002]
  private static let lossRate = 0.002
  /// Squared errors count up to so many times the mean one, or an outlier would choose for days.
  private static let lossCap = 25.0

  private var levels = [Double](repeating: 0, count: levelRates.count)
  private var day = PhaseProfile(days: 1, rate: 0.15)
  private var week = PhaseProfile(days: 7, rate: 0.3)
  private var losses = [Double](repeating: 0, count: levelRates.count + 3)
  private var forecasts = [Double](repeating: 0, count: levelRates.count + 3)
  private var bestIndex = 0
  private var count = 0.0

  /// Creates a forecaster that has seen nothing.
  public init() {}

  /// Returns what is expected at a time, in milliseconds since 1970.
  public mutating func forecast(atMilliseconds time: Int) -> Forecast {
    let dayLevel = day[day.bin(atMilliseconds: time)]
    let weekLevel = week[week.bin(atMilliseconds: time)]
    for index in levels.indices { forecasts[index] = levels[index] }
    let first = levels.count
    forecasts[first] = dayLevel ?? levels[1]
    forecasts[first + 1] = dayLevel.map { $0 + day.correction } ?? levels[1]
    forecasts[first + 2] = weekLevel.map { $0 + week.correction } ?? levels[1]
    bestIndex = 0
    for index in losses.indices where losses[index] < losses[bestIndex] { bestIndex = index }
    return Forecast(best: forecasts[bestIndex], byTimeOfDay: dayLevel ?? forecasts[bestIndex])
  }

  /// Learns the row that the last forecast was for.
  public mutating func learn(_ value: Double, atMilliseconds time: Int) {
    count += 1
    if count == 1 {
      levels = levels.map { _ in value }
    } else {
      learnLosses(value)
      for index in levels.indices {
        levels[index] += max(Self.levelRates[index], 1 / count) * (value - levels[index])
      }
    }
    day.add(value, at: day.bin(atMilliseconds: time))
    week.add(value, at: week.bin(atMilliseconds: time))
  }

  private mutating func learnLosses(_ value: Double) {
    let cap = count > 50 ? Self.lossCap * losses[bestIndex] : .infinity
    let weight = max(Self.lossRate, 1 / count)
    for index in losses.indices {
      let error = value - forecasts[index]
      let square = error * error
      losses[index] += weight * ((cap > 0 ? min(square, cap) : square) - losses[index])
    }
  }
}
