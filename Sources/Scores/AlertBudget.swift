// SPDX-License-Identifier: Apache-2.0
public import Baselines
import Glibc

/// Turns the budget of false insights a week into the evidence that an insight needs.
///
/// If every window looked at is one chance to be wrong, N chances a week allow p < budget / N, the
/// bound of Bonferroni (1936) on the expected number of false insights. A minute without events is
/// no chance, so quiet series cost nothing.
public struct AlertBudget: Sendable {
  /// A minute's five windows overlap; with them and its storms it is judged as so many chances.
  private static let chancesPerMinute = 4.2
  /// A small trail is judged as if it had so many, for what happens twice a year is no insight.
  private static let leastChances = 400_000.0
  /// Powers of ten asked for ten times the chances: the further out, the more p-values promise
  /// than they hold.
  private static let growth = 1.4

  /// −log₁₀ p from which on a window of a well-known series is an insight.
  public let threshold: Double

  /// Creates the budget of a day.
  ///
  /// - Parameters:
  ///   - alertsPerWeek: false insights allowed a week, over all series.
  ///   - activeMinutesPerWeek: minutes with events a week, summed over all series.
  public init(alertsPerWeek: Double, activeMinutesPerWeek: Double) {
    let chances = max(Self.leastChances, activeMinutesPerWeek * Self.chancesPerMinute)
    threshold =
      log10(Self.leastChances / alertsPerWeek) + Self.growth * log10(chances / Self.leastChances)
  }

  /// Returns the threshold for a series, higher while little is known of it.
  ///
  /// A series may be one that bursts, on a schedule or in storms, and has not shown it yet: the
  /// chance of a first burst is 10^−c. c grows with the days known, most when the first week is
  /// over: by then a weekly job has been seen. From then on first bursts become rarer with the
  /// square of the days, as seen on incident-free trails of 3,000 series.
  public func threshold(for baseline: Baseline) -> Threshold {
    let age = Double(baseline.ageDays)
    let caution =
      (age < 7 ? 2.4 + 0.25 * age : 5.4 + 2 * log10(age / 7))
      + 0.2 * log10(max(1, baseline.evidence))
    return Threshold(wellKnown: threshold, caution: caution)
  }

  /// Returns how severe an insight is, 0 to 100: 100 (1 − e^(−evidence/15)), so that every further
  /// power of ten still counts.
  public static func severity(evidence: Double) -> Double {
    100 * (1 - exp(-max(0, evidence) / 15))
  }
}
