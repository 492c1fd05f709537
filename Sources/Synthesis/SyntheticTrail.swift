// SPDX-License-Identifier: Apache-2.0
import Bytes
public import Vocabulary

/// A made-up trail whose every unusual minute is known: log files, labels and lures.
///
///     let trail = SyntheticTrail(options: SynthesisOptions(seed: 101))
///     trail.writeFiles { path, bytes in … }
///
/// Why: real trails have no labels. Here each series follows a law that is known, so it is known
/// what a detector could find at best, too.
public struct SyntheticTrail: Sendable {
  /// What it was made from.
  public let options: SynthesisOptions
  /// The incidents, by start and series.
  public let labels: [TrailLabel]
  /// What looks like an incident and is usual, by start, kind and series.
  public let lures: [TrailLure]
  let plan: SeriesPlan
  let rhythm: TrailRhythm
  let incidents: [Incident]

  /// Makes a trail's plan: its series, their laws and its incidents, but no events yet.
  public init(options: SynthesisOptions) {
    self.options = options
    let day = options.firstDay.daysSinceEpoch
    let rhythm = TrailRhythm(
      minuteCount: max(1, options.days) * 1440, firstWeekday: Minute.weekday(ofDay: day),
      seed: options.seed)
    let plan = SeriesPlan(options, rhythm)
    let incidents = IncidentPlan(plan, rhythm, options).incidents
    let first = Minute(day: day)
    self.rhythm = rhythm
    self.plan = plan
    self.incidents = incidents
    labels = incidents.map { plan.label($0, first) }
    lures = LurePlan(plan, rhythm, seed: options.seed, busy: Set(incidents.map(\.seriesIndex)))
      .lures(first)
  }

  /// The analysed series; the background is not among them.
  public var series: [SyntheticSeries] {
    Array(plan.series.prefix { $0.family != .background })
  }

  /// The first minute of the trail.
  public var firstMinute: Minute { Minute(day: options.firstDay.daysSinceEpoch) }

  /// Returns the true law of a series, by its index; level shifts are part of it.
  public func lawTable(ofSeries index: Int) -> LawTable {
    let series = plan.series[index]
    let shift = incidents.first { $0.seriesIndex == index && $0.shiftFactor != nil }
    return LawTable(
      series.law, rhythm, share: series.parent?.share ?? 1,
      shift: shift.map { ($0.minutes.upperBound, $0.shiftFactor ?? 1) })
  }

  /// Returns the counts of a series as the log files hold them, by minute.
  public func counts(ofSeries index: Int) -> [Int] {
    var counts = plan.usualCounts(index, seed: options.seed, rhythm)
    for incident in incidents where incident.seriesIndex == index {
      for (minute, extra) in incident.extras { counts[minute] += extra }
    }
    return counts
  }

  /// Gives every log file to a sink: its path in the S3 layout, and its gzip bytes.
  public func writeFiles(_ sink: (String, [UInt8]) throws -> Void) rethrows {
    let encoder = GzipEncoder(level: 6)
    try writePlainFiles { path, bytes in try sink(path, encoder.encode(bytes)) }
  }

  /// Gives every log file to a sink before it is compressed.
  func writePlainFiles(_ sink: (String, [UInt8]) throws -> Void) rethrows {
    let drawing = EventDrawing(
      plan: plan, rhythm: rhythm, incidents: Dictionary(grouping: incidents, by: \.seriesIndex),
      seed: options.seed, firstSecond: firstMinute.sinceEpoch * 60)
    let delivery = LogDelivery(
      events: Int(plan.eventsPerMinute * Double(rhythm.minuteCount)),
      sources: plan.sources.count, minutes: rhythm.minuteCount,
      firstSecond: firstMinute.sinceEpoch * 60)
    for (index, source) in plan.sources.enumerated() {
      var random = SeededGenerator(seed: options.seed, 12, index)
      var writer = RecordWriter(plan, source: index)
      for file in delivery.files(drawing.events(source: index), &random) {
        let path = source.path(deliveredAt: file.time, &random)
        try sink(path, writer.file(file.events))
      }
    }
  }
}

extension LogSource {
  /// The path of a log file in the layout that CloudTrail uses.
  fileprivate func path(deliveredAt second: Int, _ random: inout SeededGenerator) -> String {
    let time = Timestamp(secondsSinceEpoch: second).rfc3339
    let digits = time.filter(\.isNumber)
    let date = time.prefix(10).split(separator: "-").joined(separator: "/")
    return "AWSLogs/\(accountID)/CloudTrail/\(region)/\(date)/\(accountID)_CloudTrail_\(region)_"
      + "\(digits.prefix(8))T\(digits.dropFirst(8).prefix(4))Z_"
      + random.text(16, of: lettersAndDigits) + ".json.gz"
  }
}

extension SeriesPlan {
  fileprivate var eventsPerMinute: Double {
    series.filter { $0.parent == nil }.reduce(0) { $0 + $1.law.averageRate }
  }

  fileprivate func label(_ incident: Incident, _ first: Minute) -> TrailLabel {
    let account = sources[sourceIndices[incident.seriesIndex]].account
    return TrailLabel(
      series: series[incident.seriesIndex].key, seriesIndex: incident.seriesIndex,
      start: first + incident.minutes.lowerBound, end: first + incident.minutes.upperBound,
      family: incident.family, culpritARN: callers[account][incident.culprit].arn ?? "",
      log10PValue: incident.log10PValue)
  }
}
