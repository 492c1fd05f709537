// SPDX-License-Identifier: Apache-2.0
public import Baselines
import Glibc

/// Turns the budget of false insights a week into the evidence that an insight needs.
///
/// If every window looked at is one chance to be wrong, N chances a week allow p < budget / N, the
/// bound of Bonferroni (1936) on the expected number of false insights. A minute without events is
/// no chance, so quiet series cost nothing.
public struct AlertBudget: Sendable {
  /// −log₁₀ p from which on a window of a well-known series is an insight.
  public let threshold: Double
  private let firstBursts: FirstBurstParameters

  /// Creates the budget of a day.
  ///
  /// - Parameters:
  ///   - alertsPerWeek: false insights allowed a week, over all series.
  ///   - activeMinutesPerWeek: minutes with events a week, summed over all series.
  ///   - model: how both become a threshold.
  public init(
    alertsPerWeek: Double, activeMinutesPerWeek: Double, model: ModelParameters = ModelParameters()
  ) {
    let budget = model.budget
    let chances = max(budget.leastChances, activeMinutesPerWeek * budget.chancesPerMinute)
    threshold =
      log10(budget.leastChances / alertsPerWeek)
      + budget.growth * log10(chances / budget.leastChances)
    firstBursts = model.firstBursts
  }

  /// Returns the threshold for a series, higher while little is known of it.
  public func threshold(for baseline: Baseline) -> Threshold {
    Threshold(
      wellKnown: threshold,
      caution: firstBursts.caution(ageDays: baseline.ageDays, evidence: baseline.evidence),
      usualSize: firstBursts.usualSize)
  }

  /// Returns how severe an insight is, 0 to 100: 100 (1 − e^(−evidence/15)), so that every further
  /// power of ten still counts.
  public static func severity(evidence: Double) -> Double {
    100 * (1 - exp(-max(0, evidence) / 15))
  }
}
