// SPDX-License-Identifier: Apache-2.0
import Baselines
import Counts
import Testing
import Vocabulary

@testable import Insights
@testable import Scores

/// One series of eight usual days, four calls a minute by alice, and what is added on the ninth.
private struct Scene {
  static let days = 8
  static let firstMinute = 20458 * 1440
  let history: CountHistory
  let scorer: WindowScorer

  init(extra: [Int: Int]) throws {
    let key = "ApiCallRateInsight,111122223333,us-east-1,Management,ec2.amazonaws.com,RunInstances,"
    let header =
      "minute,insight_type,recipient_account_id,aws_region,event_category,event_source,event_name,"
      + "error_code"
    var counts = header + ",count\n"
    var attributions = header + ",attribute,value,count\n"
    for minute in 0..<(Self.days + 1) * 1440 {
      let time = Minute(sinceEpoch: Self.firstMinute + minute).rfc3339
      let added = extra[minute - Self.days * 1440] ?? 0
      counts += "\(time),\(key),\(4 + minute % 2 + added)\n"
      attributions += "\(time),\(key),userIdentityArn,alice,\(4 + minute % 2)\n"
      if added > 0 { attributions += "\(time),\(key),userIdentityArn,bob,\(added)\n" }
    }
    var parser = CountsParser()
    parser.read(Array(counts.utf8), file: "counts")
    parser.read(Array(attributions.utf8), file: "attributions")
    history = CountHistory(parser.table)
    var model = BaselineModel(seriesCount: 1)
    let first = Self.firstMinute / 1440
    for day in first..<first + Self.days {
      let baseline = model.forecast(day: day, firstDays: [first]).baselines[0]
      model.learn(
        series: 0, day: day, counts: history.series[0], baseline: baseline, outcome: DayOutcome())
    }
    let baseline = try #require(
      model.forecast(day: first + Self.days, firstDays: [first]).baselines[0])
    scorer = WindowScorer(
      counts: history.series[0], today: DayExpectation(baseline), yesterday: nil)
  }

  /// Advances a tracker over the ninth day; returns what it told.
  func incidents(threshold: Double = 5.6) -> [Incident] {
    var tracker = InsightTracker()
    var told: [Incident] = []
    let start = Self.firstMinute + Self.days * 1440
    for minute in start..<start + 1440 {
      let change = tracker.advance(
        to: minute, scorer: scorer, threshold: Threshold(wellKnown: threshold)
      ).change
      if case .ended(let incident) = change { told.append(incident) }
    }
    if let open = tracker.open { told.append(open) }
    return told
  }

  func minuteOfDay(_ minute: Int?) -> Int? {
    minute.map { $0 - Self.firstMinute - Self.days * 1440 }
  }
}

@Suite("Insights of one series")
struct InsightTests {
  private func wave(_ minutes: Range<Int>, _ count: Int) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: minutes.map { ($0, count) })
  }

  @Test("a usual day tells nothing")
  func usual() throws {
    #expect(try Scene(extra: [:]).incidents().isEmpty)
  }

  @Test("a spike has its first and last minute")
  func spike() throws {
    let scene = try Scene(extra: wave(600..<610, 20))
    let incidents = scene.incidents()
    let incident = try #require(incidents.first)
    #expect(incidents.count == 1)
    #expect(scene.minuteOfDay(incident.start) == 600)
    #expect(scene.minuteOfDay(incident.end) == 610)
    #expect(scene.minuteOfDay(incident.detected).map { $0 <= 606 } ?? false)
  }

  @Test("waves a few minutes apart are one insight, hours apart two")
  func waves() throws {
    let near = wave(600..<605, 20).merging(wave(612..<617, 20)) { first, _ in first }
    #expect(try Scene(extra: near).incidents().count == 1)
    let far = wave(600..<605, 20).merging(wave(900..<905, 20)) { first, _ in first }
    #expect(try Scene(extra: far).incidents().count == 2)
  }

  @Test("who changed is named before who is biggest")
  func culprit() throws {
    let scene = try Scene(extra: wave(600..<960, 4))
    let incident = try #require(scene.incidents(threshold: 2.5).first)
    let insight = InsightBuilder(
      counts: scene.history.series[0], callers: CallerArchive([scene.history]),
      firstMinute: Minute(sinceEpoch: Scene.firstMinute)
    ).insight(of: incident, asOf: incident.start + 500, scorer: scene.scorer)
    let identities = try #require(insight.attributions.first { $0.attribute == .userIdentityArn })
    #expect(identities.insight.map(\.value) == ["bob", "alice"])
    #expect(identities.insight[0].average < identities.insight[1].average)
    #expect(identities.baseline.first?.value == "alice")
    let baseline = insight.statistics
    let events = baseline.baselineAverage * Double(baseline.baselineMinutes)
    #expect(abs(events - events.rounded()) < 1e-6, "average times minutes is a count")
  }

  @Test("severity grows with evidence and stays below 100")
  func severity() {
    let severities = stride(from: 0.0, through: 200, by: 5).map {
      AlertBudget.severity(evidence: $0)
    }
    #expect(zip(severities, severities.dropFirst()).allSatisfy { $0 < $1 })
    #expect(severities.allSatisfy { (0..<100).contains($0) })
  }

  @Test("the larger a burst, the less it can be the first of its kind")
  func firstBurst() {
    func window(_ count: Int) -> ScoredWindow {
      ScoredWindow(minutes: 5, count: count, expected: 0, log10PValue: -50, evidence: 50)
    }
    // 10⁻⁴ (1 + x/10)⁻² is 10⁻⁶ at 90 events: below that nothing is left of 10⁻⁶.
    let threshold = Threshold(wellKnown: 6, caution: 4)
    #expect(threshold.evidence(for: window(89)) == .infinity)
    #expect(threshold.evidence(for: window(1000)) < threshold.evidence(for: window(120)))
    // 10⁻⁶ − 10⁻⁴ / 101².
    #expect(abs(threshold.evidence(for: window(1000)) - 6.0043) < 1e-4)
    #expect(Threshold(wellKnown: 6).evidence(for: window(4)) == 6)
  }

  @Test("a larger trail and a smaller budget ask for more evidence")
  func budget() {
    func threshold(_ alerts: Double, _ minutes: Double) -> Double {
      AlertBudget(alertsPerWeek: alerts, activeMinutesPerWeek: minutes).threshold
    }
    #expect(threshold(1, 1e6) > threshold(1, 3e5))
    #expect(threshold(0.1, 3e5) > threshold(1, 3e5))
    #expect(threshold(1, 10) == threshold(1, 100), "small trails are judged alike")
  }
}
