// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@Suite("Times")
struct TimeTests {
  @Test(
    "dates and days since 1970 are each other's inverse",
    arguments: [-800_000, -1, 0, 59, 60, 11016, 20454, 47482])
  func inverse(day: Int) {
    for day in day..<day + 800 {
      let date = CivilDate(daysSinceEpoch: day)
      #expect(date.daysSinceEpoch == day)
      #expect(date.isValid)
    }
  }

  @Test("known seconds, from `date -u +%s`")
  func known() {
    #expect(Timestamp(rfc3339: "2026-01-05T00:00:00Z")?.secondsSinceEpoch == 1_767_571_200)
    #expect(Timestamp(rfc3339: "2024-02-29T23:59:59Z")?.secondsSinceEpoch == 1_709_251_199)
    #expect(Timestamp(rfc3339: "1969-12-31T23:59:59Z")?.secondsSinceEpoch == -1)
  }

  @Test("offsets, fractions and dates alone are taken")
  func variants() {
    let noon = Timestamp(rfc3339: "2026-03-01T12:00:00Z")
    #expect(Timestamp(rfc3339: "2026-03-01T14:00:00+02:00") == noon)
    #expect(Timestamp(rfc3339: "2026-03-01T04:00:00.123456-08:00") == noon)
    #expect(Timestamp(rfc3339: "2026-03-01 12:00:00z") == noon)
    #expect(Timestamp(rfc3339: "2026-03-01")?.rfc3339 == "2026-03-01T00:00:00Z")
  }

  @Test(
    "what is no time is refused",
    arguments: [
      "", "yesterday", "2026-02-30", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z",
      "2026-01-01T00:00:00", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00.Z", "2026-1-1",
      "2026-01-01T00:00:00+0200", "20260101T000000Z",
    ])
  func refused(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("2026-01-05 was a Monday")
  func weekday() {
    let monday = CivilDate(year: 2026, month: 1, day: 5).daysSinceEpoch
    #expect((0..<7).map { Minute.weekday(ofDay: monday + $0) } == Array(0..<7))
    #expect(Minute(day: monday).weekday == 0)
    #expect(Minute.weekday(ofDay: -4) == 6)
  }

  @Test("minutes before 1970 round towards the past")
  func negative() {
    #expect(Minute(containingSecond: -1).rfc3339 == "1969-12-31T23:59:00Z")
    #expect(Minute(containingSecond: -1).minuteOfDay == 1439)
  }
}

@Suite("Series keys")
struct SeriesKeyTests {
  @Test("the order is the report's: account, Region, source, name, type, error code")
  func order() {
    func key(_ account: String, _ source: String, _ name: String, _ code: String = "") -> SeriesKey
    {
      SeriesKey(
        recipientAccountID: account, awsRegion: "us-east-1", eventCategory: "Management",
        eventSource: source, eventName: name,
        insightType: code.isEmpty ? .apiCallRate : .apiErrorRate, errorCode: code)
    }
    let sorted = [
      key("1", "ec2", "Run"), key("1", "ec2", "Run", "A"), key("1", "ec2", "Run", "B"),
      key("1", "iam", "Create"), key("2", "ec2", "Run"),
    ]
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(!(sorted[0] < sorted[0]))
  }

  @Test("the order is that of the fields' bytes, one field after the other", arguments: 1...3)
  func orderOfFields(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func text() -> String { ["", "a", "ab", "b", "é", "z"].randomElement(using: &generator) ?? "" }
    func fields(_ key: SeriesKey) -> [[UInt8]] {
      [
        key.recipientAccountID, key.awsRegion, key.eventSource, key.eventName,
        key.insightType.rawValue, key.errorCode, key.eventCategory,
      ].map { Array($0.utf8) }
    }
    let keys = (0..<60).map { _ in
      SeriesKey(
        recipientAccountID: text(), awsRegion: text(), eventCategory: text(), eventSource: text(),
        eventName: text(),
        insightType: Bool.random(using: &generator) ? .apiCallRate : .apiErrorRate,
        errorCode: text())
    }
    for (left, right) in zip(keys, keys.dropFirst() + [keys[0]]) {
      let isLess = fields(left).lexicographicallyPrecedes(fields(right)) { a, b in
        a.lexicographicallyPrecedes(b)
      }
      #expect((left < right) == isLess, "seed \(seed), \(left), \(right)")
    }
  }
}
