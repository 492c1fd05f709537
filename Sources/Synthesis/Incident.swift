// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What happens in an incident.
public enum IncidentFamily: String, CaseIterable, Sendable {
  /// 4 to 50 times the usual rate for 2 to 30 minutes.
  case spike
  /// 8 to 60 calls in 1 to 6 minutes where calls are rare.
  case sparseBurst = "sparse_burst"
  /// The rate of the busiest hours at a quiet time.
  case nightLevel = "night_level"
  /// Twice to three times the usual rate for hours.
  case slowBurn = "slow_burn"
  /// A scheduled burst at another time than that of its schedule.
  case misplacedSchedule = "misplaced_schedule"
  /// More errors, at an unchanged rate of calls.
  case errorSurge = "error_surge"
  /// Calls of an API that was never called before.
  case unseenAPI = "unseen_api"
  /// A higher rate that stays; its label covers the first 24 hours, then it is the new law.
  case levelShift = "level_shift"
  /// About a call a minute for 1 to 3 hours where calls are rare.
  case lowAndSlow = "low_and_slow"
}

/// Something unusual in one series: calls, or errors among calls, that its law does not explain.
struct Incident: Sendable {
  let seriesIndex: Int
  let family: IncidentFamily
  /// From the first unusual minute to the first at which the label is over.
  let minutes: Range<Int>
  /// The calls (or failures) beyond the usual, by minute; they may outlast the label.
  let extras: [Int: Int]
  /// The caller, by index in the account, that makes them.
  let culprit: Int
  /// log₁₀ of the chance of its best window under the true law.
  let log10PValue: Double
  /// The factor on the law after a level shift.
  let shiftFactor: Double?
}

extension IncidentFamily {
  /// Whether the family can stand on a series.
  func suits(_ series: SyntheticSeries) -> Bool {
    let rate = series.law.averageRate
    guard rate > 0 else { return false }
    let isCallRate = series.key.insightType == .apiCallRate
    let isSmooth = [.steady, .diurnal, .growth].contains(series.family)
    switch self {
    case .spike: return isCallRate && (isSmooth || series.family == .clumpy) && rate > 0.004
    case .sparseBurst: return series.family == .sparse || isCallRate && isSmooth && series.isSparse
    case .nightLevel: return isCallRate && isSmooth && series.law.hasNight && rate > 0.01
    case .slowBurn: return isCallRate && isSmooth && rate > 0.02
    case .misplacedSchedule: return series.family == .scheduled
    case .errorSurge: return !isCallRate
    case .unseenAPI: return series.family == .unseen
    case .levelShift: return isCallRate && (isSmooth || series.family == .sparse)
    case .lowAndSlow:
      return [.sparse, .newcomer, .scheduled].contains(series.family) && series.law.rate < 0.02
        && series.law.schedule?.period != 60
    }
  }
}

extension SeriesLaw {
  fileprivate var hasNight: Bool {
    (profile.min() ?? 1) < 0.4 * (profile.max() ?? 1)
  }
}
