// SPDX-License-Identifier: Apache-2.0
import Baselines
import Glibc

/// Says how unlikely each row of a plain series is, from three sides.
///
/// - *Novelty*: how far the value, and the sums of the last 3, 9 and 27 rows, lie from the nearest
///   ones ever seen, by the past of these distances. A level is told when it is first reached, not
///   after.
/// - *Surprise*: how far the value lies from its forecast, on its side, by the past of these errors.
/// - *Departure*: how far the row and the last three rows for their times of day lie from the
///   medians of the long run. It ranks the rows of an incident above quiet ones, and stays below 3.
///
/// The first two count in full only two deviations and more from what is usual in the long run: a row
/// that returns to it is no event, however wrong its forecast. A score is the largest of the three;
/// what follows an event belongs to it (`EventHold`).
public struct ValueScorer: Sendable {
  /// Makes −log₁₀ of a chance of the mean of four novelties; found on simulated series.
  private static let noveltyScale = 2.1
  /// An event counts in full from so many deviations from the usual on.
  private static let eventDeviations = 2.0
  /// After so many rows half of novelty is believed, and half of surprise: to a new series all is
  /// new.
  private static let noveltyRows = 5.0
  private static let surpriseRows = 50.0
  /// The price of looking a second time, after Bonferroni: a chance counts twice.
  private static let surprisePrice = 0.3
  private static let departureScale = 2.0
  /// What a departure never reaches: it ranks rows, and raises no alarm.
  private static let mostDeparture = 3.0

  private var forecaster = ValueForecaster()
  private var sums = SumNovelty()
  private var surprise = Surprise()
  private var deviation = Deviation()
  private var departure = Departure()
  private var bounds = ValueBounds()
  private var hold = EventHold()
  private var count = 0.0

  /// Creates a scorer that has seen nothing.
  public init() {}

  /// Judges a row by those before it, then learns from it; the time is in milliseconds since 1970.
  public mutating func score(_ value: Double, atMilliseconds time: Int) -> ScoredValue {
    guard count > 0 else {
      learn(value, atMilliseconds: time)
      return ScoredValue(expected: value, lower: value, upper: value, anomalyScore: 0)
    }
    let forecast = forecaster.forecast(atMilliseconds: time)
    let error = value - forecast.best
    let least = max(abs(forecast.best) * 1e-4, 1e-12)
    let distances = departure.distances(value, atMilliseconds: time)
    let deviations = deviation.deviations(value, byTimeOfDay: forecast.byTimeOfDay)
    let events = max(
      novelty(value),
      surprise.surprise(error, least: least) * believed(Self.surpriseRows) - Self.surprisePrice)
    let unusual = min(1, deviations / Self.eventDeviations)
    let band = surprise.band(least: least)
    let scored = ScoredValue(
      expected: bounds.clamp(forecast.best), lower: bounds.clamp(forecast.best + band.lower),
      upper: bounds.clamp(forecast.best + band.upper),
      anomalyScore: max(0, hold.afterHold(events * unusual), Self.departed(distances)))
    surprise.learn(error, least: least)
    learn(value, atMilliseconds: time)
    return scored
  }

  private mutating func learn(_ value: Double, atMilliseconds time: Int) {
    if count == 0 {
      _ = forecaster.forecast(atMilliseconds: time)
      _ = deviation.deviations(value, byTimeOfDay: value)
      _ = departure.distances(value, atMilliseconds: time)
      _ = novelty(value)
    }
    forecaster.learn(value, atMilliseconds: time)
    bounds.add(value)
    count += 1
  }

  private mutating func novelty(_ value: Double) -> Double {
    Self.noveltyScale * sums.surprise(value) * believed(Self.noveltyRows)
  }

  private func believed(_ rows: Double) -> Double { count / (count + rows) }

  /// −log₁₀ of the two-sided chance 1 − z/√(2 + z²) of a Student t with 2 degrees of freedom, s,
  /// bounded as m (1 − e^(−2s/m)).
  private static func departed(_ z: Double) -> Double {
    // The chance's inverse is 1 + (z² + z √(2 + z²)) / 2, which keeps its digits at both ends.
    let surprise = log1p((z * z + z * (2 + z * z).squareRoot()) / 2) * 0.4342944819
    return -mostDeparture * expm1(-departureScale * surprise / mostDeparture)
  }
}
