// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// Unusual activity of one series: all that a report says of it.
///
/// It follows CloudTrail Insights in its terms. Averages are events per minute, and the baseline
/// average is zero-filled, so that average times duration is a whole number of events.
public struct Insight: Codable, Sendable {
  /// Whether the activity goes on, under the name that the CSV report gives it.
  public enum State: String, Sendable {
    case open, ended
  }

  /// The same data gives the same text: a hash of series, direction and start, as a GUID.
  public private(set) var id: String
  /// The calls or errors that were unusual.
  public let series: SeriesKey
  /// Whether there were more events than expected, or fewer.
  public let direction: Direction
  /// First minute of the unusual activity.
  public let start: Minute
  /// First minute at which it was over; `nil` while it is open.
  public private(set) var end: Minute?
  /// The minute after which the engine could know of it.
  public let detected: Minute
  /// The window, in minutes, in which it stood out most.
  public let windowMinutes: Int
  /// Its rates and lengths, beside those of the baseline.
  public let statistics: Statistics
  /// 0 to 100, comparable across series.
  public let severity: Double
  /// log₁₀ of the chance of a window this extreme under the baseline; a p-value may be too small
  /// for a `Double`.
  public let log10PValue: Double
  /// Who and what made the calls, an entry per attribute with known values.
  public let attributions: [Attribution]
  /// Up to five events of it, sorted by `eventID`.
  public let evidence: [EvidenceEvent]
  /// The series around it, for a picture.
  public let excerpt: Excerpt
  /// The week before it and what is known behind it, in half hours; `nil` where nobody asked.
  public let week: Excerpt?

  /// The name of the rule that silenced it; `nil` where none did.
  public var suppressedBy: String?

  /// The `eventID`s of the evidence, sorted.
  public var evidenceEventIDs: [String] { evidence.map(\.eventID) }

  /// Open as long as there is no end.
  public var state: State { end == nil ? .open : .ended }

  /// Creates an insight; it is open where `end` is `nil`.
  public init(
    id: String, series: SeriesKey, direction: Direction, start: Minute, end: Minute?,
    detected: Minute, windowMinutes: Int, statistics: Statistics, severity: Double,
    log10PValue: Double, attributions: [Attribution], evidence: [EvidenceEvent], excerpt: Excerpt,
    week: Excerpt? = nil
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
    self.evidence = evidence
    self.excerpt = excerpt
    self.week = week
  }
}

extension Insight {
  /// The same under another identifier.
  public func identified(as id: String) -> Insight {
    var insight = self
    insight.id = id
    return insight
  }

  /// The same, over at a minute.
  public func ended(at end: Minute) -> Insight {
    var insight = self
    insight.end = end
    return insight
  }
}

extension Insight {
  /// The numbers of an insight; averages are events per minute.
  public struct Statistics: Codable, Sendable {
    /// Events in the `baselineMinutes` before the start, divided by those minutes.
    public var baselineAverage: Double
    /// 7 days, or the minutes from the first event to the start where those are fewer.
    public var baselineMinutes: Int
    /// What the model expected for these minutes.
    public var expectedAverage: Double
    /// Events while it lasted, divided by `insightMinutes`.
    public var insightAverage: Double
    /// Minutes from start to end; to the newest minute while it is open.
    public var insightMinutes: Int
    /// Events from start to detection, divided by `startMinutes`: what the Start record tells.
    public var startAverage: Double
    /// Minutes from start to detection, at least 1.
    public var startMinutes: Int
    /// Events from start to end, whether calls or errors; to the newest minute while it is open.
    public var calls: Int

    /// Creates the numbers of an insight.
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
  public struct Attribution: Codable, Sendable {
    /// One value of the attribute, such as a caller's ARN, and how often it came.
    public struct Value: Codable, Sendable {
      /// The value as the events have it; `null` among error codes is success.
      public let value: String
      /// Events per minute.
      public let average: Double

      /// Creates a value with its events per minute.
      public init(value: String, average: Double) {
        self.value = value
        self.average = average
      }
    }

    /// The field by which the events are told apart.
    public let attribute: Attribute
    /// At most five; the value that grew most over its baseline is first.
    public let insight: [Value]
    /// At most five, largest first.
    public let baseline: [Value]
    /// Events per minute that each value of `insight` has in the baseline; empty where not known.
    public let usual: [Double]

    /// Creates the attribution by one attribute, each side in its order.
    public init(
      attribute: Attribute, insight: [Value], baseline: [Value], usual: [Double] = []
    ) {
      self.attribute = attribute
      self.insight = insight
      self.baseline = baseline
      self.usual = usual
    }
  }

  /// The series around an insight, for a picture: counts and what was expected, per step.
  public struct Excerpt: Codable, Sendable {
    /// The first minute of the first step.
    public let start: Minute
    /// Minutes that each value sums over.
    public let stepMinutes: Int
    /// Events in each step.
    public let counts: [Int]
    /// Events that the model expected in each step, as many values as `counts`; empty where not
    /// known.
    public let expected: [Double]
    /// Fewest and most events that would be usual in each step; empty where not known.
    public let usual: [ClosedRange<Int>]

    /// Creates an excerpt with a count per step and, where known, what was expected in it.
    public init(
      start: Minute, stepMinutes: Int, counts: [Int], expected: [Double],
      usual: [ClosedRange<Int>] = []
    ) {
      self.start = start
      self.stepMinutes = stepMinutes
      self.counts = counts
      self.expected = expected
      self.usual = usual
    }
  }
}
