// SPDX-License-Identifier: Apache-2.0
public import Baselines
import Glibc

/// All that the model takes for granted before it has seen an input: what a model file holds.
public struct ModelParameters: Codable, Equatable, Sendable {
  /// What is taken for the spread of series of which little is known.
  public var spread: SpreadParameters
  /// How the budget becomes a threshold.
  public var budget: BudgetParameters
  /// How likely a series is to burst for the first time.
  public var firstBursts: FirstBurstParameters

  /// Creates the parameters of `Models/default.json`.
  public init() {
    spread = .standard
    budget = BudgetParameters()
    firstBursts = FirstBurstParameters()
  }
}

/// How a budget of false insights a week becomes the evidence that an insight needs.
public struct BudgetParameters: Codable, Equatable, Sendable {
  /// A minute's five windows overlap; with them and its storms it is judged as so many chances.
  public var chancesPerMinute = 6.0
  /// A small trail is judged as if it had so many, for what happens twice a year is no insight.
  public var leastChances = 400_000.0
  /// Powers of ten asked for ten times the chances: the further out, the more p-values promise
  /// than they hold.
  public var growth = 1.4
}

/// The chance 10^−c that a burst is the first of a series that bursts and has not shown it yet.
///
/// c grows with the days known, most when the first week is over: by then a weekly job has been
/// seen. From then on first bursts become rarer with a power of the days.
public struct FirstBurstParameters: Codable, Equatable, Sendable {
  /// c on the first day.
  public var atStart = 2.4
  /// What each day of the first week adds.
  public var perDay = 0.25
  /// c when the first week is over.
  public var afterWeek = 5.4
  /// The power of the days from then on.
  public var power = 2.0
  /// What ten times the events known add.
  public var perTenfoldEvents = 0.2
  /// Events beyond which a first burst is twice what one expects of any.
  public var usualSize = 10.0

  /// Returns c of a series.
  func caution(ageDays: Int, evidence: Double) -> Double {
    let age = Double(ageDays)
    let days = age < 7 ? atStart + perDay * age : afterWeek + power * log10(age / 7)
    return days + perTenfoldEvents * log10(max(1, evidence))
  }
}

extension ModelParameters {
  /// The same with what was learnt to four digits behind the point, as a file holds it.
  public var rounded: ModelParameters {
    func rounded(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
    var result = self
    result.spread.clumping = spread.clumping.map { $0.map(rounded) }
    result.spread.wandering = spread.wandering.map(rounded)
    return result
  }
}
