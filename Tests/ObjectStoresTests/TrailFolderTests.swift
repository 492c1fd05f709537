// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ObjectStores

@Suite struct TrailFolderTests {
  /// Events of 3 to 9 March 2026 lie in the folders of 2 to 11 March.
  private static let march = DayWindow(start: minute("2026-03-03"), end: minute("2026-03-10"))
  private static let newYear = DayWindow(start: minute("2026-01-01"), end: minute("2026-01-02"))

  private static func minute(_ date: String) -> Minute? { Timestamp(rfc3339: date)?.minute }

  @Test func aWindowLeavesADayBeforeAndTwoAfter() {
    let day = CivilDate(year: 2026, month: 3, day: 2).daysSinceEpoch
    #expect(Self.march.firstDay == day)
    #expect(Self.march.lastDay == day + 9)
  }

  @Test(arguments: [
    ("", FolderStep.enter),
    ("logs/", .enter),
    ("logs/team/prod/", .listAll),
    ("AWSLogs/", .enter),
    ("logs/team/prod/x/AWSLogs/", .enter),
    ("AWSLogs/o-abc123/", .enter),
    ("AWSLogs/111122223333/", .enter),
    ("AWSLogs/o-abc123/111122223333/CloudTrail/", .enter),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/", .enter),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2025/", .skip),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2027/", .skip),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/other/", .listAll),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/02/", .skip),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/", .listAll),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/01/", .skip),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/", .listAll),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/11/", .listAll),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/12/", .skip),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/02/30/", .listAll),
    ("AWSLogs/111122223333/CloudTrail/eu-west-1/2026/13/", .listAll),
    ("AWSLogs/111122223333/CloudTrail-Lake/Query/2025/", .listAll),
    ("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2025/", .skip),
    ("AWSLogs/111122223333/Config/eu-west-1/2025/", .listAll),
  ])
  func aFolderIsEnteredOnlyWhereItMayHoldWantedDays(path: String, step: FolderStep) {
    let depth = path.utf8.count { $0 == UInt8(ascii: "/") }
    #expect(TrailFolder(path: path).step(in: Self.march, depth: depth) == step, "\(path)")
  }

  @Test func aYearIsListedFromTheFirstWantedDayToTheLast() {
    let year = "AWSLogs/1/CloudTrail/eu-west-1/2026/"
    #expect(
      TrailFolder(path: year).step(in: Self.march, depth: 9)
        == .listBetween(after: year + "03/02", before: year + "03/12"))
    #expect(
      TrailFolder(path: year).step(in: Self.newYear, depth: 9)
        == .listBetween(after: nil, before: year + "01/04"))
    #expect(
      TrailFolder(path: "AWSLogs/1/CloudTrail/eu-west-1/2025/").step(in: Self.newYear, depth: 9)
        == .listBetween(after: "AWSLogs/1/CloudTrail/eu-west-1/2025/12/31", before: nil))
  }

  @Test func withoutAWindowEverythingIsListedAtOnce() {
    for path in ["", "AWSLogs/1/CloudTrail/eu-west-1/1999/"] {
      #expect(TrailFolder(path: path).step(in: .everything, depth: 0) == .listAll)
    }
  }

  /// Whatever way the folders lead, a key is left out exactly when its own day is not wanted.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func stepsAndKeysAgree(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let day = Int.random(in: 20_300...20_700, using: &generator)
      let start = Int.random(in: 20_300...20_700, using: &generator)
      let end = start + Int.random(in: 0...60, using: &generator)
      let window = DayWindow(
        start: Bool.random(using: &generator) ? Minute(day: start) : nil,
        end: Bool.random(using: &generator) ? Minute(day: end) : nil)
      let isWanted = day >= start - 1 && day < end + 2
      let expected =
        (window.firstDay == nil || day >= start - 1) && (window.lastDay == nil || day < end + 2)
      if window.firstDay != nil, window.lastDay != nil { #expect(expected == isWanted) }
      let key = Self.key(ofDay: day)
      #expect(TrailFolder.mayHold(key: key, in: window) == expected, "seed \(seed), key \(key)")
      #expect(Self.isReached(key, in: window) == expected, "seed \(seed), key \(key)")
    }
  }

  private static func key(ofDay day: Int) -> String {
    let date = Minute(day: day).rfc3339.prefix(10).split(separator: "-").joined(separator: "/")
    return "AWSLogs/1/CloudTrail/eu-west-1/\(date)/1_CloudTrail_x.json.gz"
  }

  /// Walks down the year's folder as a listing does.
  private static func isReached(_ key: String, in window: DayWindow) -> Bool {
    let year = String(key.prefix("AWSLogs/1/CloudTrail/eu-west-1/2026/".count))
    switch TrailFolder(path: year).step(in: window, depth: 5) {
    case .skip, .enter: return false
    case .listAll: return true
    case .listBetween(let after, let before):
      return (after.map { $0 < key } ?? true) && (before.map { key < $0 } ?? true)
    }
  }
}
