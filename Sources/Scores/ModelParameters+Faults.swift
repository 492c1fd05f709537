// SPDX-License-Identifier: Apache-2.0
import Baselines

extension ModelParameters {
  /// What is wrong with them, in one clause that names the place; `nil` where they can be used.
  public var fault: String? { tableFault ?? numberFault }

  private var tableFault: String? {
    let windows = windowLengths.count
    guard spread.clumping.count == windows else {
      return "spread.clumping holds \(spread.clumping.count) rows, not \(windows), one a window"
    }
    for (row, values) in spread.clumping.enumerated()
    where values.count != SpreadParameters.meanClasses {
      return "spread.clumping[\(row)] holds \(values.count) numbers, not "
        + "\(SpreadParameters.meanClasses)"
    }
    guard spread.wandering.count == windows else {
      return "spread.wandering holds \(spread.wandering.count) numbers, not \(windows)"
    }
    let all = spread.clumping.flatMap(\.self) + spread.wandering
    return all.allSatisfy { (0...1e6).contains($0) }
      ? nil : "spread.clumping and spread.wandering hold numbers from 0 to 1000000"
  }

  private var numberFault: String? {
    let positive = [
      ("spread.clumpingWeight", spread.clumpingWeight),
      ("spread.wanderingWeight", spread.wanderingWeight),
      ("spread.ownEvents", spread.ownEvents),
      ("spread.ownWindows", spread.ownWindows),
      ("budget.chancesPerMinute", budget.chancesPerMinute),
      ("budget.leastChances", budget.leastChances),
      ("firstBursts.usualSize", firstBursts.usualSize),
    ]
    if let wrong = positive.first(where: { !($0.1 > 0 && $0.1 <= 1e12) }) {
      return "\(wrong.0) must be above 0"
    }
    let others = [
      ("budget.growth", budget.growth),
      ("firstBursts.atStart", firstBursts.atStart),
      ("firstBursts.perDay", firstBursts.perDay),
      ("firstBursts.afterWeek", firstBursts.afterWeek),
      ("firstBursts.power", firstBursts.power),
      ("firstBursts.perTenfoldEvents", firstBursts.perTenfoldEvents),
    ]
    return others.first { !(0...100).contains($0.1) }.map { "\($0.0) must lie from 0 to 100" }
  }
}
