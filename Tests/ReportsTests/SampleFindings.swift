// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// Findings with one insight of every sort: up, down, open, new, errors, and hostile names.
enum SampleFindings {
  static let account = "111122223333"

  static var all: Findings {
    Findings(insights: [burst, errors, drop, open, hostile], coverage: coverage, alertsPerWeek: 1)
  }

  static var none: Findings {
    var coverage = coverage
    coverage.faults = []
    coverage.gaps = []
    coverage.capped = [:]
    return Findings(insights: [], coverage: coverage, alertsPerWeek: 1)
  }

  static let burst = insight(
    series("iam.amazonaws.com", "CreateAccessKey"), at: minute(13, 130), minutes: 6,
    statistics: .init(
      baselineAverage: 4.0 / 10080, baselineMinutes: 10080, expectedAverage: 0.0009,
      insightAverage: 14.2, insightMinutes: 6, startAverage: 10, startMinutes: 5, calls: 85),
    severity: 97.4, log10PValue: -412.7,
    attributions: [
      identity("arn:aws:sts::\(account):assumed-role/Deploy", 12.5, baseline: 0.0004),
      .init(
        attribute: .userAgent, insight: [.init(value: "Boto3/1.34, \"x\"", average: 14.2)],
        baseline: []),
      .init(
        attribute: .errorCode, insight: [.init(value: "null", average: 14.2)], baseline: []),
      .init(
        attribute: .sourceIPAddress, insight: [.init(value: "198.51.100.7", average: 14.2)],
        baseline: []),
      .init(
        attribute: .accessKeyId, insight: [.init(value: "AKIAIOSFODNN7EXAMPLE", average: 12)],
        baseline: []),
    ])

  static let errors = insight(
    series("sts.amazonaws.com", "AssumeRole", error: "AccessDenied"), at: minute(13, 400),
    minutes: 200,
    statistics: .init(
      baselineAverage: 0, baselineMinutes: 10080, expectedAverage: 0.01, insightAverage: 1.3,
      insightMinutes: 200, startAverage: 1.2, startMinutes: 5, calls: 260),
    severity: 62, log10PValue: -9.1,
    attributions: [identity("arn:aws:iam::999988887777:user/ci/alice", 1.3, baseline: 0)])

  static let drop = insight(
    series("sqs.amazonaws.com", "SendMessage", region: "us-east-1"), at: minute(12, 0),
    minutes: 1700, direction: .below,
    statistics: .init(
      baselineAverage: 20, baselineMinutes: 10080, expectedAverage: 21, insightAverage: 0,
      insightMinutes: 1700, startAverage: 0, startMinutes: 60, calls: 0),
    severity: 48, log10PValue: -5.5,
    attributions: [
      .init(
        attribute: .userIdentityArn, insight: [],
        baseline: [.init(value: "sqs-worker.amazonaws.com", average: 20)])
    ])

  static let open = insight(
    series("ec2.amazonaws.com", "RunInstances"), at: minute(14, 60), minutes: 30, isOpen: true,
    statistics: .init(
      baselineAverage: 0.4, baselineMinutes: 10080, expectedAverage: 0.5, insightAverage: 3.25,
      insightMinutes: 30, startAverage: 3, startMinutes: 15, calls: 98),
    severity: 81, log10PValue: -12.03,
    attributions: [identity("arn:aws:iam::\(account):root", 3.25, baseline: 0.1)])

  static let hostile = insight(
    series("=cmd|' /C calc'!A0", "名前\u{1B}[2Jgone\u{202E}", region: "us-east-1"),
    at: minute(12, 5), minutes: 1,
    statistics: .init(
      baselineAverage: 0.0001, baselineMinutes: 10080, expectedAverage: 0.0001,
      insightAverage: 1234, insightMinutes: 1, startAverage: 246.8, startMinutes: 5, calls: 1234),
    severity: 12, log10PValue: -3.02,
    attributions: [identity("@evil\t\u{7}\nname", 1234, baseline: 0)])

  static var coverage: Coverage {
    var coverage = Coverage()
    coverage.files = 1204
    coverage.bytes = 1_234_567_890
    coverage.records = 1_206_000
    coverage.calls = 1_204_331
    coverage.duplicates = 1203
    coverage.notCalls = ["insight": 3, "digest": 12, "network_activity": 451]
    coverage.guessed = ["read_only": 31]
    coverage.series = 312
    coverage.firstEventTime = Timestamp(rfc3339: "2026-03-01T00:00:04Z")
    coverage.lastEventTime = Timestamp(rfc3339: "2026-03-14T01:29:58Z")
    coverage.gaps = [
      .init(
        recipientAccountID: account, awsRegion: "eu-west-1",
        range: MinuteRange(start: minute(3, 720), end: minute(3, 840)))
    ]
    coverage.capped = ["attribution_values": 17]
    coverage.faults = (0..<7).map {
      Fault(
        kind: $0 == 3 ? .missingEventTime : .truncatedGzip, file: "logs/\(7 - $0)\u{1B}.json.gz",
        offset: 512 * $0, skippedBytes: 10, reason: "the gzip member ends early")
    }
    return coverage
  }

  static func minute(_ dayOfMarch: Int, _ minuteOfDay: Int) -> Minute {
    Minute(day: CivilDate(year: 2026, month: 3, day: dayOfMarch).daysSinceEpoch) + minuteOfDay
  }

  static func series(
    _ source: String, _ name: String, region: String = "eu-west-1", error: String = ""
  ) -> SeriesKey {
    SeriesKey(
      recipientAccountID: account, awsRegion: region, eventCategory: "Management",
      eventSource: source, eventName: name,
      insightType: error.isEmpty ? .apiCallRate : .apiErrorRate, errorCode: error)
  }

  static func identity(
    _ arn: String, _ average: Double, baseline: Double
  ) -> Insight.Attribution {
    .init(
      attribute: .userIdentityArn, insight: [.init(value: arn, average: average)],
      baseline: baseline > 0 ? [.init(value: arn, average: baseline)] : [])
  }

  static func insight(
    _ series: SeriesKey, at start: Minute, minutes: Int, direction: Direction = .above,
    isOpen: Bool = false, statistics: Insight.Statistics, severity: Double, log10PValue: Double,
    attributions: [Insight.Attribution]
  ) -> Insight {
    Insight(
      id: "0f3a2b1c-0000-4000-8000-" + String(1_000_000_000_00 + start.sinceEpoch),
      series: series, direction: direction, start: start, end: isOpen ? nil : start + minutes,
      detected: start + 4, windowMinutes: 5, statistics: statistics, severity: severity,
      log10PValue: log10PValue, attributions: attributions,
      evidence: [.init(eventID: "1e-a", file: "logs/a.json.gz"), .init(eventID: "2f-b", file: "")],
      excerpt: excerpt(at: start, minutes: minutes))
  }

  /// Four times the insight's length, with a ramp in the insight and a call now and then outside.
  static func excerpt(at start: Minute, minutes: Int) -> Insight.Excerpt {
    let step = max(1, minutes / 6)
    let counts = (0..<24).map { index in
      (12..<18).contains(index) ? 20 + 13 * (index - 12) : index % 5 == 0 ? 3 : 0
    }
    return .init(
      start: start - 12 * step, stepMinutes: step, counts: counts,
      expected: counts.map { _ in 1 })
  }
}
