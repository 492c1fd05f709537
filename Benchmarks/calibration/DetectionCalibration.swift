// SPDX-License-Identifier: Apache-2.0
import Baselines
import Synthesis
import Vocabulary

/// Measures what is promised of quiet trails: that the budget is kept, and that p-values are true.
///
/// Incident-free trails of 28 days are made as counts, without log files. Asked for the oracle, it
/// prints the insights of a detector that knows the laws of a labelled trail; asked for priors, the
/// spread that the series of quiet trails share; asked for budgets, no p-values, which take most of
/// the time.
@main struct DetectionCalibration {
  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.compactMap { UInt64($0) }
    if words.first == "oracle", words.count == 4, numbers.count == 3 {
      let oracle = Oracle(seed: numbers[0], days: Int(numbers[1]), seriesCount: Int(numbers[2]))
      print(String(decoding: oracle.csv(), as: UTF8.self), terminator: "")
      return
    }
    if words.first == "priors", numbers.count > 1, numbers.count == words.count - 1 {
      print(SharedSpread(seeds: numbers.dropFirst(), seriesCount: Int(numbers[0])).text)
      return
    }
    let calibrates = words.first != "budgets"
    guard let size = numbers.first, (1...100_000).contains(size), numbers.count > 1,
      numbers.count == words.count - (calibrates ? 0 : 1)
    else {
      print(
        "usage: detection-calibration [priors | budgets] SERIES SEED... | oracle SEED DAYS SERIES")
      return
    }
    let trails = await trails(
      seeds: numbers.dropFirst(), seriesCount: Int(size), calibrates: calibrates)
    print(budgets(trails, seriesCount: Int(size)))
    if calibrates { print(shares(trails)) }
  }

  /// The trails of all seeds, in that order, as many at a time as there are cores.
  private static func trails(
    seeds: ArraySlice<UInt64>, seriesCount: Int, calibrates: Bool
  ) async -> [QuietTrail] {
    await withTaskGroup(of: (UInt64, QuietTrail).self) { group in
      for seed in seeds {
        group.addTask { @concurrent in
          (seed, QuietTrail(seed: seed, seriesCount: seriesCount, calibrates: calibrates))
        }
      }
      var trails: [UInt64: QuietTrail] = [:]
      for await (seed, trail) in group { trails[seed] = trail }
      return seeds.compactMap { trails[$0] }
    }
  }

  private static func budgets(_ trails: [QuietTrail], seriesCount: Int) -> String {
    var lines = [
      "| series | budget a week | insights a week, mean | by trail |", "|---|---|---|---|",
    ]
    let weeks = Double(QuietTrail.days) / 7
    for (index, budget) in QuietTrail.budgets.enumerated() {
      let rates = trails.map { Double($0.insights[index]) / weeks }
      let mean = rates.reduce(0, +) / Double(rates.count)
      let each = rates.map { decimal($0) }.joined(separator: " ")
      lines.append("| \(seriesCount) | \(Int(budget)) | \(decimal(mean)) | \(each) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func shares(_ trails: [QuietTrail]) -> String {
    var sum = Calibration()
    for trail in trails { sum.merge(trail.calibration) }
    var lines = ["| p-values below | windows | 1e-3 | 1e-4 | 1e-5 |", "|---|---|---|---|---|"]
    for (family, shares) in sum.families.sorted(by: { $0.key < $1.key }) {
      lines.append(row(family, shares))
    }
    for (index, length) in windowLengths.enumerated() {
      lines.append(row("windows of \(length) min", sum.lengths[index]))
    }
    lines.append(row("first week, all", sum.firstWeek))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ name: String, _ shares: TailShares) -> String {
    let ratios = shares.ratios.map { decimal($0) }.joined(separator: " | ")
    return "| \(name) | \(shares.windows) | \(ratios) |"
  }

  /// A number above zero with two digits behind the point.
  private static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let digits = String(hundredths % 100)
    return "\(hundredths / 100)." + (digits.count < 2 ? "0" : "") + digits
  }
}
