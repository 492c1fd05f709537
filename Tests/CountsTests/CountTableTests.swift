// SPDX-License-Identifier: Apache-2.0
import Events
import TestSupport
import Testing
import Vocabulary

@testable import Counts

/// Random events of a few series, as a decoder would give them.
struct EventMaker {
  private(set) var symbols = SymbolTable()
  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  mutating func batch(_ count: Int) -> EventBatch {
    var batch = EventBatch()
    for _ in 0..<count { batch.events.append(event()) }
    return batch
  }

  mutating func event() -> Event {
    let error = ["", "", "AccessDenied", "Throttling"].randomElement(using: &generator) ?? ""
    return Event(
      eventTime: 1_767_571_200 + Int.random(in: 0..<86400 * 3, using: &generator),
      eventID: EventID(
        high: generator.next() & ~0xF000 | 0x4000, low: generator.next()),
      isReadOnly: Bool.random(using: &generator),
      eventCategory: Bool.random(using: &generator) ? .management : .data,
      recipientAccountID: symbols.symbol(
        for: "11112222333\(Int.random(in: 0..<2, using: &generator))"),
      awsRegion: symbols.symbol(for: "us-east-1"),
      eventSource: symbols.symbol(for: "ec2.amazonaws.com"),
      eventName: symbols.symbol(for: "Run\(Int.random(in: 0..<4, using: &generator))"),
      errorCode: symbols.symbol(for: error),
      userIdentityArn: symbols.symbol(for: "arn:\(Int.random(in: 0..<5, using: &generator))"),
      userAgent: symbols.symbol(for: "agent"), sourceIPAddress: symbols.symbol(for: "10.0.0.1"),
      accessKeyID: .empty, replaces: nil)
  }
}

func counted(_ batch: EventBatch, _ symbols: SymbolTable, table: CountTable = CountTable())
  -> CountTable
{
  var counter = EventCounter(table: table)
  counter.count(
    batch, symbols: symbols, isAdmitted: Array(repeating: true, count: batch.events.count))
  return counter.table
}

func tables(_ history: CountHistory) -> (counts: String, attributions: String) {
  let writer = CountsWriter(history)
  var counts: [UInt8] = []
  var attributions: [UInt8] = []
  writer.writeCounts { (bytes: [UInt8]) in counts += bytes }
  writer.writeAttributions { (bytes: [UInt8]) in attributions += bytes }
  return (String(decoding: counts, as: UTF8.self), String(decoding: attributions, as: UTF8.self))
}

@Suite("Tables of counts")
struct CountTableTests {
  @Test("triples have the numbers of their first appearance")
  func triples() {
    var table = TripleTable()
    let keys: [Triple] = (0..<2000).map { (index: UInt64) in
      Triple(first: index % 7, second: index % 11, third: index / 77)
    }
    for (number, key) in keys.enumerated() { #expect(table.number(of: key) == number) }
    for (number, key) in keys.enumerated() { #expect(table.number(of: key) == number) }
  }

  @Test("without callers the counts are the same, and nobody is said to have called")
  func withoutCallers() {
    var maker = EventMaker(seed: 3)
    let batch = maker.batch(500)
    var counter = EventCounter(countsCallers: false)
    counter.count(
      batch, symbols: maker.symbols, isAdmitted: Array(repeating: true, count: batch.events.count))
    let (counts, attributions) = tables(CountHistory(counter.table))
    #expect(counts == tables(CountHistory(counted(batch, maker.symbols))).counts)
    #expect(attributions.split(separator: "\n").count == 1)
  }

  @Test("any split into tables, merged in any order, counts the same")
  func mergeLaw() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var maker = EventMaker(seed: seed)
    let batch = maker.batch(2000)
    let whole = tables(CountHistory(counted(batch, maker.symbols)))
    var generator = SeededGenerator(seed: seed)
    for parts in 2...5 {
      var split = Array(repeating: EventBatch(), count: parts)
      for event in batch.events.shuffled(using: &generator) {
        split[Int.random(in: 0..<parts, using: &generator)].events.append(event)
      }
      var merged = CountTable()
      for part in split.shuffled(using: &generator) { merged.merge(counted(part, maker.symbols)) }
      let result = tables(CountHistory(merged))
      #expect(result.counts == whole.counts, "seed \(seed)")
      #expect(result.attributions == whole.attributions, "seed \(seed)")
    }
  }

  @Test("every event is in its series, once for calls and once for its error")
  func seriesRules() {
    var maker = EventMaker(seed: 7)
    let batch = maker.batch(3000)
    let history = CountHistory(counted(batch, maker.symbols))
    let calls = batch.events.count { $0.eventCategory == .data || !$0.isReadOnly }
    let errors = batch.events.count { $0.errorCode != .empty }
    func total(_ type: InsightType) -> Int {
      history.series.filter { $0.key.insightType == type }.reduce(0) { $0 + $1.total }
    }
    #expect(total(.apiCallRate) == calls)
    #expect(total(.apiErrorRate) == errors)
    #expect(history.series.map(\.key) == history.series.map(\.key).sorted())
  }

  @Test("what is taken back leaves no trace in the counts")
  func takenBack() {
    var maker = EventMaker(seed: 9)
    let kept = maker.batch(500)
    let dropped = maker.batch(300)
    var counter = EventCounter(table: counted(kept, maker.symbols))
    let all = Array(repeating: true, count: 300)
    counter.count(dropped, symbols: maker.symbols, isAdmitted: all)
    counter.count(dropped, symbols: maker.symbols, isAdmitted: all, sign: -1)
    #expect(
      tables(CountHistory(counter.table)).counts
        == tables(CountHistory(counted(kept, maker.symbols))).counts)
  }

  @Test("the cap on attribution keeps whole newest days, whatever the order", arguments: 1...4)
  func cap(seed: UInt64) {
    var maker = EventMaker(seed: seed)
    let batch = maker.batch(3000)
    var generator = SeededGenerator(seed: seed)
    var results: Set<String> = []
    for _ in 0..<4 {
      var shuffled = batch
      shuffled.events.shuffle(using: &generator)
      let table = counted(shuffled, maker.symbols, table: CountTable(maximumEntries: 2500))
      #expect(table.entries.count <= 2500)
      let secondDay = 1_767_571_200 / 86400 + 1
      #expect(table.attributionFloorDay == secondDay + (table.entries.count > 1700 ? 0 : 1))
      results.insert(tables(CountHistory(table)).attributions)
    }
    #expect(results.count == 1)
  }

  @Test("tables written are read back to the same tables")
  func roundTrip() {
    var maker = EventMaker(seed: 21)
    let batch = maker.batch(2000)
    let written = tables(CountHistory(counted(batch, maker.symbols)))
    var parser = CountsParser()
    parser.read(Array(written.counts.utf8), file: "counts.csv")
    parser.read(Array(written.attributions.utf8), file: "attributions.csv")
    #expect(parser.faults.isEmpty)
    let again = tables(CountHistory(parser.table))
    #expect(again.counts == written.counts)
    #expect(again.attributions == written.attributions)
  }

  @Test("columns may stand in any order, and values be quoted or guarded: the counts are the same")
  func unusualTables() {
    let columns = [
      "minute", "insight_type", "recipient_account_id", "aws_region", "event_category",
      "event_source", "event_name", "error_code", "attribute", "value", "count",
    ]
    let values = ["plain", "a,b", "say \"x\"", "'=1+1", "plain", "", "'quote", "é"]
    let rows = values.enumerated().map { index, value in
      [
        "2026-01-05T00:0\(index / 3):00Z", "ApiCallRateInsight", "1", "r", "Management", "s",
        index % 2 == 0 ? "n" : "m", "", "userAgent", value, "\(index + 1)",
      ]
    }
    var results: Set<String> = []
    var generator = SeededGenerator(seed: 5)
    for isQuoted in [false, true, false, false] {
      let order = isQuoted ? Array(columns.indices) : columns.indices.shuffled(using: &generator)
      var text = order.map { columns[$0] }.joined(separator: ",") + "\n"
      for row in rows {
        let cells = order.map { index -> String in
          let needsQuotes = isQuoted || row[index].contains { $0 == "," || $0 == "\"" }
          let doubled = row[index].split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
          return needsQuotes ? "\"\(doubled)\"" : row[index]
        }
        text += cells.joined(separator: ",") + "\n"
      }
      var parser = CountsParser()
      parser.read(Array(text.utf8), file: "t.csv")
      #expect(parser.faults.isEmpty)
      #expect(parser.rowCount == rows.count)
      results.insert(tables(CountHistory(parser.table)).attributions)
    }
    #expect(results.count == 1)
  }

  @Test("a damaged row is a fault with its place, and the others count")
  func damagedRows() {
    let header =
      "minute,insight_type,recipient_account_id,aws_region,event_category,event_source,event_name,"
      + "error_code,count\n"
    let good = "2026-01-05T00:00:00Z,ApiCallRateInsight,1,r,Management,s,n,,3\n"
    let bad = "2026-01-05T00:00:00Z,ApiCallRateInsight,1,r,Management,s,n,,-3\n"
    var parser = CountsParser()
    parser.read(Array((header + good + bad + "x,y\n" + good).utf8), file: "t.csv")
    parser.read(Array("a,b\n1,2\n".utf8), file: "u.csv")
    #expect(parser.faults.map(\.kind) == [.malformedRow, .malformedRow, .notTrailData])
    #expect(parser.faults[0].offset == header.utf8.count + good.utf8.count)
    #expect(CountHistory(parser.table).series[0].count(at: 0) == 6)
  }

  @Test("a table that comes in pieces, cut anywhere, is read as it is whole, faults and all")
  func pieces() {
    let seed = UInt64.random(in: 0 ... .max)
    var generator = SeededGenerator(seed: seed)
    let header =
      "minute,insight_type,recipient_account_id,aws_region,event_category,event_source,event_name,"
      + "error_code,count\n"
    let rows = [
      "2026-01-05T00:00:00Z,ApiCallRateInsight,1,r,Management,s,n,,3\n", "x,y\r\n", "\n",
      "2026-01-05T00:01:00Z,ApiCallRateInsight,1,r,Management,s,\"a\nb,\"\"c\",,4\n",
      "2026-01-05T00:02:00Z,ApiCallRateInsight,1,r,Management,s\"t,n,,5\r\n",
    ]
    for round in 0..<300 {
      var text = header + (0..<12).map { _ in rows.randomElement(using: &generator) ?? "" }.joined()
      if round % 3 == 0 { text += "2026-01-05T00:03:00Z,\"ApiCall" }
      if round % 3 == 1 { text.removeLast() }
      var (whole, parts) = (CountsParser(), CountsParser())
      let bytes = Array(text.utf8)
      whole.read(bytes, file: "t.csv")
      parts.begin(file: "t.csv")
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 0..<90, using: &generator))
        parts.readPiece(Array(bytes[start..<end]), isLast: false)
        start = end
      }
      parts.readPiece([], isLast: true)
      #expect(parts.rowCount == whole.rowCount, "seed \(seed)")
      #expect(parts.faults.map(\.offset) == whole.faults.map(\.offset), "seed \(seed)")
      #expect(parts.faults.map(\.reason) == whole.faults.map(\.reason), "seed \(seed)")
      #expect(
        tables(CountHistory(parts.table)).counts == tables(CountHistory(whole.table)).counts,
        "seed \(seed)")
    }
  }

  @Test("a search from behind finds what a search from the start does")
  func lowerBounds() {
    let minutes = (0..<200).map { Int32($0 * $0 / 7 + $0) }
    let counts = SeriesCounts(
      key: SeriesKey(
        recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
        eventName: "n", insightType: .apiCallRate),
      minutes: minutes, counts: minutes.map { Int($0) + 1 })
    for minute in stride(from: -3, to: 6000, by: 17) {
      let index = counts.lowerBound(minute)
      for end in [index, min(200, index + 1), min(200, index + 9), 200] {
        #expect(counts.lowerBound(minute, before: end) == index)
      }
    }
  }

  /// The slow twin is a list of minutes; counts are so large that sums go beyond 32 bits.
  @Test("a series that grows, packs and forgets holds the sums of its minutes", arguments: 1...8)
  func growth(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let key = SeriesKey(
      recipientAccountID: "1", awsRegion: "r", eventCategory: "Management", eventSource: "s",
      eventName: "n", insightType: .apiCallRate)
    let largest = seed % 2 == 0 ? 9 : 200_000_000
    var counts = SeriesCounts(key: key, minutes: [], counts: [])
    var twin: [Int: Int] = [:]
    var packed = 0
    for step in 0..<600 {
      let minute = 100 + 2 * step + Int.random(in: -20...0, using: &generator)
      let late = max(0, minute - Int.random(in: 0...200, using: &generator))
      for (minute, isThere) in [(minute, true), (late, step % 31 == 0)] where isThere {
        let count = Int.random(in: 1...largest, using: &generator)
        counts.add(count, minute: minute)
        twin[minute, default: 0] += count
      }
      if step % 97 == 96 {
        packed = Int.random(in: packed...minute, using: &generator)
        let oldest = Int.random(in: 0...packed, using: &generator)
        counts.pack(before: packed, dropping: oldest)
        twin = twin.filter { $0.key >= oldest }
      }
      guard step % 10 == 0 else { continue }
      let bound = Int.random(in: 0..<1400, using: &generator)
      let end = Int.random(in: bound...1400, using: &generator)
      for (counts, bound) in [(counts.unpacked, bound), (counts, max(packed, bound))] {
        let slow = twin.reduce(0) { bound <= $1.key && $1.key < end ? $0 + $1.value : $0 }
        #expect(counts.total(from: bound, to: max(bound, end)) == slow, "seed \(seed)")
      }
      #expect(counts.minuteCount == twin.count, "seed \(seed)")
    }
    let minutes = twin.keys.sorted()
    let whole = counts.unpacked
    #expect(whole.minutes.map { Int($0) } == minutes)
    #expect(minutes.indices.map { whole.count(at: $0) } == minutes.map { twin[$0] })
    #expect(whole.total == twin.values.reduce(0, +))
  }
}
