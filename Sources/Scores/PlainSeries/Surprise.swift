// SPDX-License-Identifier: Apache-2.0
import Baselines
import Glibc

/// How unlikely the error of a forecast is on its side, by the errors of past forecasts.
struct Surprise: Sendable {
  /// What lies outside the band on either side.
  private static let bandShare = 0.005

  private var above = PastTail()
  private var below = PastTail()
  private var spread = RunningSpread(memory: 2000)

  /// Returns −log₁₀ of the chance of an error as large on either side.
  func surprise(_ error: Double, least: Double) -> Double {
    let tail = error > 0 ? above : below
    return max(0, tail.surprise(spread.share(of: error, least: least)) - log10(2))
  }

  /// The errors between which 99 % are expected.
  func band(least: Double) -> (lower: Double, upper: Double) {
    let unit = spread.root(least: least)
    return (
      -unit * below.quantile(above: Self.bandShare), unit * above.quantile(above: Self.bandShare)
    )
  }

  /// Takes in an error.
  mutating func learn(_ error: Double, least: Double) {
    let share = spread.share(of: error, least: least)
    above.add(error > 0 ? share : 0)
    below.add(error < 0 ? share : 0)
    spread.add(error)
  }
}
