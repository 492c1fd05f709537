// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Unusual activity of one series: all that a report says of it.
///
/// It follows CloudTrail Insights in its terms. Averages are events per minute, and the baseline
/// average is zero-filled, so that average times duration is a whole number of events.
public struct Insight: Sendable {
  public enum State: String, Sendable {
    case open, ended
  }

  /// The same data gives the same text: a hash of series, direction and start, as a GUID.
  public let id: String
  public let series: SeriesKey
  public let direction: Direction
  /// First minute of the unusual activity.
  public let start: Minute
  /// First minute at which it was over; `nil` while it is open.
  public let end: Minute?
  /// The minute after which the engine could know of it.
  public let detected: Minute
  /// The window, in minutes, in which it stood out most.
  public let windowMinutes: Int
  public let statistics: Statistics
  /// 0 to 100, comparable across series.
  public let severity: Double
  /// log₁₀ of the chance of a window this extreme under the baseline; a p-value may be too small
  /// for a `Double`.
  public let log10PValue: Double
  public let attributions: [Attribution]
  /// Up to five `eventID`s, sorted.
  public let evidenceEventIDs: [String]
  public let excerpt: Excerpt

  public var state: State { end == nil ? .open : .ended }

  public init(
    id: String, series: SeriesKey, direction: Direction, start: Minute, end: Minute?,
    detected: Minute, windowMinutes: Int, statistics: Statistics, severity: Double,
    log10PValue: Double, attributions: [Attribution], evidenceEventIDs: [String], excerpt: Excerpt
  ) {
    self.id = id
    self.series = series
    self.direction = direction
    self.start = start
    self.end = end
    self.detected = detected
    self.windowMinutes = windowMinutes
    self.statistics = statistics
    self.severity = severity
    self.log10PValue = log10PValue
    self.attributions = attributions
    self.evidenceEventIDs = evidenceEventIDs
    self.excerpt = excerpt
  }
}

extension Insight {
  /// The numbers of an insight; averages are events per minute.
  public struct Statistics: Sendable {
    /// Events in the `baselineMinutes` before the start, divided by those minutes.
    public var baselineAverage: Double
    /// 7 days, or the minutes from the first event to the start where those are fewer.
    public var baselineMinutes: Int
    /// What the model expected for these minutes.
    public var expectedAverage: Double
    /// Events while it lasted, divided by `insightMinutes`.
    public var insightAverage: Double
    /// From start to end; to the newest minute while it is open.
    public var insightMinutes: Int
    /// The average and length of what was known when it was detected: the Start record's.
    public var startAverage: Double
    public var startMinutes: Int
    public var calls: Int

    public init(
      baselineAverage: Double, baselineMinutes: Int, expectedAverage: Double,
      insightAverage: Double, insightMinutes: Int, startAverage: Double, startMinutes: Int,
      calls: Int
    ) {
      self.baselineAverage = baselineAverage
      self.baselineMinutes = baselineMinutes
      self.expectedAverage = expectedAverage
      self.insightAverage = insightAverage
      self.insightMinutes = insightMinutes
      self.startAverage = startAverage
      self.startMinutes = startMinutes
      self.calls = calls
    }
  }

  /// Who or what one attribute's values are, in the insight and in its baseline.
  public struct Attribution: Sendable {
    public struct Value: Sendable {
      public let value: String
      /// Events per minute.
      public let average: Double

      public init(value: String, average: Double) {
        self.value = value
        self.average = average
      }
    }

    public let attribute: Attribute
    /// At most five; the value that grew most over its baseline is first.
    public let insight: [Value]
    /// At most five, largest first.
    public let baseline: [Value]

    public init(attribute: Attribute, insight: [Value], baseline: [Value]) {
      self.attribute = attribute
      self.insight = insight
      self.baseline = baseline
    }
  }

  /// The series around an insight, for a picture: counts and what was expected, per step.
  public struct Excerpt: Sendable {
    public let start: Minute
    /// Minutes that each value sums over.
    public let stepMinutes: Int
    public let counts: [Int]
    /// As many as `counts`.
    public let expected: [Double]

    public init(start: Minute, stepMinutes: Int, counts: [Int], expected: [Double]) {
      self.start = start
      self.stepMinutes = stepMinutes
      self.counts = counts
      self.expected = expected
    }
  }
}
