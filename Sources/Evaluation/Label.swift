// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// A known incident: what a detector should find.
public struct Label: Hashable, Sendable {
  /// The series that changed.
  public var series: SeriesKey
  /// First unusual minute.
  public var start: Minute
  /// First minute at which it was over.
  public var end: Minute
  /// What happened, such as `spike`; recall is told by it.
  public var family: String
  /// Who made the extra calls, without session name; empty where nobody knows.
  public var culpritARN: String

  /// Creates a label.
  public init(
    series: SeriesKey, start: Minute, end: Minute, family: String, culpritARN: String
  ) {
    self.series = series
    self.start = start
    self.end = end
    self.family = family
    self.culpritARN = culpritARN
  }
}

/// Something that looks unusual and is usual: what a detector should stay silent on.
public struct Lure: Hashable, Sendable {
  /// Why it is usual, such as `nightly_burst`.
  public var kind: String
  /// Its series; `nil` where it is the whole trail's.
  public var series: SeriesKey?
  /// First minute.
  public var start: Minute
  /// First minute after it.
  public var end: Minute

  /// Creates a lure.
  public init(kind: String, series: SeriesKey?, start: Minute, end: Minute) {
    self.kind = kind
    self.series = series
    self.start = start
    self.end = end
  }
}

/// What an evaluation needs of an insight that a detector reported.
public struct ReportedInsight: Hashable, Sendable {
  /// The series that it is about.
  public var series: SeriesKey
  /// First minute of the unusual activity.
  public var start: Minute
  /// First minute at which it was over; `nil` while it is open.
  public var end: Minute?
  /// The minute after which the detector could know; `nil` where the report does not say.
  public var detected: Minute?
  /// 0 to 100: insights are ranked by it.
  public var severity: Double
  /// Who is blamed, without session name.
  public var topUserIdentityARN: String

  /// Creates an insight.
  public init(
    series: SeriesKey, start: Minute, end: Minute?, detected: Minute?, severity: Double,
    topUserIdentityARN: String
  ) {
    self.series = series
    self.start = start
    self.end = end
    self.detected = detected
    self.severity = severity
    self.topUserIdentityARN = topUserIdentityARN
  }
}
