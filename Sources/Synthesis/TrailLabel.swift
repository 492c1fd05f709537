// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// An incident of a synthetic trail: what a detector should find.
public struct TrailLabel: Sendable {
  /// The series that changed.
  public let series: SeriesKey
  /// Its index in `SyntheticTrail.series`.
  public let seriesIndex: Int
  /// First unusual minute.
  public let start: Minute
  /// First minute at which it was over; of a level shift, a day after the start.
  public let end: Minute
  /// What happened.
  public let family: IncidentFamily
  /// Who made the extra calls, as an ARN without session name.
  public let culpritARN: String
  /// log₁₀ of the chance of the incident's best window under the true law; below -6.
  public let log10PValue: Double
}

/// Something that looks unusual and is usual: what a detector should stay silent on.
public struct TrailLure: Sendable {
  /// Why it is usual.
  public enum Kind: String, CaseIterable, Sendable {
    case nightlyBurst = "nightly_burst"
    case scheduledJob = "scheduled_job"
    case mondayMorning = "monday_morning"
    case usualClump = "usual_clump"
    case outage, backlog
    case quietNewcomer = "quiet_newcomer"
    case growth
  }

  /// Why it is usual.
  public let kind: Kind
  /// The index of its series in `SyntheticTrail.series`; `nil` where it is the whole trail's.
  public let seriesIndex: Int?
  /// First minute.
  public let start: Minute
  /// First minute after it.
  public let end: Minute
}
