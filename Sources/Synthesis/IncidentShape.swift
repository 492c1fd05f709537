// SPDX-License-Identifier: Apache-2.0

/// When an incident happens and how it is spread, before its strength is known.
struct IncidentShape {
  /// The minutes that the label covers.
  let minutes: Range<Int>
  /// Expected extra calls by minute from the first, per unit of strength.
  let weights: [Double]
  /// From the weakest to the strongest that the family allows.
  let strengths: ClosedRange<Double>
  /// Whether calls turn into errors, so that the strength is a share of them.
  var isConversion = false

  /// Draws a shape that starts at a minute; `nil` where the family has none there.
  init?(
    _ family: IncidentFamily, _ series: SyntheticSeries, _ table: LawTable, at start: Int,
    _ random: inout SeededGenerator
  ) {
    let length = Self.drawLength(family, series, &random)
    minutes = start..<min(start + length, table.minuteCount)
    let usual = Self.usualRates(
      family == .levelShift ? start..<table.minuteCount : minutes, table)
    let even = Array(repeating: 1.0 / Double(length), count: minutes.count)
    switch family {
    case .spike: (weights, strengths) = (usual, 3...49)
    case .slowBurn: (weights, strengths) = (usual, 1...2)
    case .levelShift: (weights, strengths) = (usual, 0.5...5)
    case .sparseBurst, .unseenAPI: (weights, strengths) = (even, 8...60)
    case .lowAndSlow: (weights, strengths) = (usual.map { _ in 1 }, 0.7...1.3)
    case .nightLevel:
      let busiest = series.law.rate * (series.law.profile.max() ?? 1)
      guard usual.allSatisfy({ $0 < 0.5 * busiest }) else { return nil }
      (weights, strengths) = (usual.map { busiest - $0 }, 0.8...1.2)
    case .misplacedSchedule:
      guard let schedule = series.law.schedule, schedule.isMisplaced(minutes, table) else {
        return nil
      }
      (weights, strengths) = (even, 0.8 * schedule.meanSize...1.2 * schedule.meanSize)
    case .errorSurge where series.parent != nil:
      (weights, strengths, isConversion) = (usual.map { _ in 1 }, 0.03...0.95, true)
    case .errorSurge where series.isSparse: (weights, strengths) = (even, 8...60)
    case .errorSurge: (weights, strengths) = (usual, 3...49)
    }
  }

  private static func usualRates(_ minutes: Range<Int>, _ table: LawTable) -> [Double] {
    minutes.map { table.moments($0..<$0 + 1).mean }
  }

  private static func drawLength(
    _ family: IncidentFamily, _ series: SyntheticSeries, _ random: inout SeededGenerator
  ) -> Int {
    switch family {
    case .spike: random.integer(2, 30)
    case .sparseBurst, .unseenAPI: random.integer(1, 6)
    case .nightLevel: random.integer(30, 180)
    case .slowBurn: random.integer(120, 480)
    case .misplacedSchedule: series.law.schedule?.minutes ?? 1
    case .errorSurge: series.isSparse ? random.integer(1, 20) : random.integer(4, 60)
    case .levelShift: 1440
    case .lowAndSlow: random.integer(60, 180)
    }
  }
}

extension SeriesLaw.Schedule {
  /// Whether minutes lie far from every burst that is due.
  fileprivate func isMisplaced(_ minutes: Range<Int>, _ table: LawTable) -> Bool {
    let distance = period == 60 ? 12 : 60
    let near = minutes.lowerBound - distance..<minutes.upperBound + distance
    return !table.isBurstDue(in: near)
  }
}
