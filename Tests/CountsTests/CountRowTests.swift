// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Counts

@Suite struct CountRowTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func `rows put in their places are rows sorted by comparing`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let span = [3, 200, 30_000][Int(seed % 3)]
    let series = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      let count = Int.random(in: 0...40, using: &random)
      let minutes = (0..<count).map { _ in Int32.random(in: -100..<Int32(span), using: &random) }
      return Set(minutes).sorted()
    }
    #expect(CountRow.sorted(series) == CountRow.sortedByComparing(series), "seed \(seed)")
  }

  @Test func `minutes far apart take no memory between them`() {
    let series: [[Int32]] = [[7, .max - 1], [], [.min, 7]]
    #expect(CountRow.sorted(series) == CountRow.sortedByComparing(series))
    #expect(CountRow.sorted(series).map(\.minute) == [.min, 7, 7, .max - 1])
  }

  @Test func `each row says its minute`() {
    var random = SeededGenerator(seed: 5)
    let drawn = (0..<4000).map { _ in Int32.random(in: 29_000_000..<29_010_000, using: &random) }
    let minutes = Set(drawn).sorted()
    var table = CountTable()
    let key = SeriesKey(
      recipientAccountID: "1", awsRegion: "r", eventCategory: "c", eventSource: "s",
      eventName: "n", insightType: .apiCallRate)
    table.add(SeriesCounts(key: key, minutes: minutes, counts: minutes.map { _ in 1 }))
    let rows = tables(CountHistory(table)).counts.split(separator: "\n").dropFirst()
    let texts = rows.map { $0.prefix { $0 != "," } }
    #expect(texts.map(String.init) == minutes.map { Minute(sinceEpoch: Int($0)).rfc3339 })
  }
}
