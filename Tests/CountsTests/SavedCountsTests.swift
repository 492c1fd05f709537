// SPDX-License-Identifier: Apache-2.0
import Events
import TestSupport
import Testing
import Vocabulary

@testable import Counts

/// What is kept between runs is what was there, and what is not sound is refused.
@Suite("Counts and events kept between runs")
struct SavedCountsTests {
  private func table(seed: UInt64, events: Int = 2000) -> CountTable {
    var maker = EventMaker(seed: seed)
    var table = CountTable()
    table.files = ["logs/a.json.gz"]
    var counter = EventCounter(table: table)
    counter.file = 0
    let batch = maker.batch(events)
    counter.count(
      batch, symbols: maker.symbols, isAdmitted: Array(repeating: true, count: events))
    return counter.table
  }

  private func text(_ history: CountHistory) -> String {
    var bytes: [UInt8] = []
    CountsWriter(history).writeCounts { bytes += $0 }
    CountsWriter(history).writeAttributions { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func restored(_ days: [(day: Int, counts: SavedCounts)]) -> CountTable {
    var table = CountTable()
    for (day, counts) in days {
      let isSound = table.add(counts, day: day)
      #expect(isSound)
    }
    return table
  }

  @Test("days saved and added up again are the table", arguments: 1...4)
  func roundTrip(seed: UInt64) {
    let table = table(seed: seed)
    let days = table.savedDays()
    #expect(days.count == 3)
    #expect(text(CountHistory(restored(days))) == text(CountHistory(table)))
  }

  @Test("parts add up to the whole, in any order", arguments: 1...4)
  func parts(seed: UInt64) {
    let (first, second) = (table(seed: seed), table(seed: seed + 100))
    var both = first
    both.merge(second)
    var days = first.savedDays() + second.savedDays()
    var generator = SeededGenerator(seed: seed)
    days.shuffle(using: &generator)
    #expect(text(CountHistory(restored(days))) == text(CountHistory(both)))
  }

  /// Numbers where others should be, arrays too short or too long: `add` says no, or adds what is
  /// possible; it never traps.
  @Test("damaged counts never trap", arguments: 1...300)
  func damage(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    guard var saved = table(seed: 1, events: 60).savedDays().first else { return }
    let columns: [WritableKeyPath<SavedCounts, [Int]>] = [
      \.cellsPerSeries, \.minutes, \.counts, \.callers, \.entriesPerCell, \.entryCallers,
      \.entryCounts, \.evidencePerCell, \.evidence, \.files,
    ]
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let column = columns[Int.random(in: columns.indices, using: &generator)]
      damage(&saved.counts[keyPath: column], &generator)
      if Int.random(in: 0..<8, using: &generator) == 0 { _ = saved.counts.texts.popLast() }
      if Int.random(in: 0..<8, using: &generator) == 0 { _ = saved.counts.series.popLast() }
    }
    var table = CountTable()
    if table.add(saved.counts, day: saved.day) { _ = text(CountHistory(table)) }
    if table.add(saved.counts, day: Int.random(in: -5...1 << 20, using: &generator)) {
      _ = text(CountHistory(table))
    }
  }

  private func damage(_ column: inout [Int], _ generator: inout SeededGenerator) {
    let wild = [-1, 0, 1, 1439, 1440, 1 << 20, 1 << 33, .max, .min]
    let value = wild.randomElement(using: &generator) ?? 0
    guard let place = column.indices.randomElement(using: &generator) else {
      return column.append(value)
    }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: column[place] = value
    case 1: column.remove(at: place)
    case 2: column.insert(value, at: place)
    default: column.removeLast()
    }
  }

  @Test("events seen are known again after a restart, those of dropped days not", arguments: 1...4)
  func seen(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let marks = (0..<1000).map { _ in
      (
        mark: DuplicateFilter.Mark(
          high: generator.next(), low: UInt32.random(in: 0 ... .max, using: &generator)),
        day: Int.random(in: 20000..<20004, using: &generator)
      )
    }
    var first = SeenEvents(isKept: true)
    for (mark, day) in marks {
      let earlier = first.insert(mark, day: day, file: 0)
      #expect(earlier == nil)
    }
    var second = SeenEvents(isKept: true)
    for (day, bytes) in first.takeFreshMarks() { second.restore(bytes, day: day) }
    let (again, ofRestored) = (first.takeFreshMarks(), second.takeFreshMarks())
    #expect(again.isEmpty && ofRestored.isEmpty)
    second.dropDays(before: 20002)
    for (mark, day) in marks {
      let earlier = second.insert(mark, day: day, file: 7)
      #expect(earlier == (day < 20002 ? nil : SeenEvents.earlierRun))
    }
  }

  @Test("events of sealed days are known, and saved once", arguments: 1...4)
  func sealedDays(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let marks = (0..<3000).map { _ in
      DuplicateFilter.Mark(
        high: UInt64.random(in: 0..<500, using: &generator),
        low: UInt32.random(in: 0..<8, using: &generator))
    }
    var seen = SeenEvents(isKept: true)
    var twin: [Int: Set<DuplicateFilter.Mark>] = [:]
    var saved: [Int: [UInt8]] = [:]
    for (step, mark) in marks.enumerated() {
      let day = 20000 + max(0, step / 1000 - Int.random(in: 0..<2, using: &generator))
      let isNew = twin[day, default: []].insert(mark).inserted
      #expect((seen.insert(mark, day: day, file: 0) == nil) == isNew, "seed \(seed), \(step)")
      if step % 150 == 149 {
        for (day, bytes) in seen.takeFreshMarks() { saved[day, default: []] += bytes }
      }
      if step % 500 == 499 { seen.sealDays(before: 20000 + step / 1000) }
    }
    for (day, bytes) in seen.takeFreshMarks() { saved[day, default: []] += bytes }
    #expect(saved.mapValues { $0.count / 12 } == twin.mapValues(\.count), "seed \(seed)")
  }

  @Test("callers of parts of time are those of the whole", arguments: 1...3)
  func archive(seed: UInt64) {
    let table = table(seed: seed)
    let whole = CountHistory(table)
    let days = table.savedDays()
    let parts = days.map { CountHistory(restored([$0])) }
    let cut = CallerArchive(
      Array(parts.prefix(1)), growing: days.dropFirst().map { restored([$0]) })
    // Out of order, as a day that came late is.
    var sealed = SealedCallers()
    for day in days.prefix(2).reversed() { sealed.add(restored([day]), day: day.day) }
    let packed = CallerArchive([], sealed: sealed, growing: [restored([days[2]])])
    var generator = SeededGenerator(seed: seed)
    for series in whole.series {
      for _ in 0..<5 {
        let start = 1_767_571_200 / 60 + Int.random(in: 0..<3 * 1440, using: &generator)
        let end = start + Int.random(in: 1...2 * 1440, using: &generator)
        for archive in [CallerArchive(parts), cut, packed] {
          let values = archive.values(of: series.key, from: start, to: end)
          let expected = CallerArchive([whole]).values(of: series.key, from: start, to: end)
          #expect(values.mapValues { "\($0)" } == expected.mapValues { "\($0)" })
          #expect(
            "\(archive.evidence(of: series.key, from: start, to: end))"
              == "\(CallerArchive([whole]).evidence(of: series.key, from: start, to: end))")
        }
      }
    }
  }

  @Test("days that are over are forgotten one by one, their events first")
  func forgotten() throws {
    let table = table(seed: 9)
    let days = table.savedDays()
    var sealed = SealedCallers()
    for day in days { sealed.add(restored([day]), day: day.day) }
    sealed.dropEvidence(before: days[2].day)
    sealed.dropDays(before: days[1].day)
    let series = CountHistory(restored([days[2]])).series
    for key in series.map(\.key) {
      let minutes = days.map { $0.day * 1440..<($0.day + 1) * 1440 }
      #expect(sealed.values(of: key, in: minutes[0]).isEmpty)
      #expect(sealed.evidence(of: key, in: minutes[1]).isEmpty)
      #expect(!sealed.evidence(of: key, in: minutes[2]).isEmpty)
    }
    let kept = CountHistory(restored([days[1]])).series.map(\.key)
    #expect(
      kept.contains { !sealed.values(of: $0, in: days[1].day * 1440..<days[2].day * 1440).isEmpty })
  }

  @Test("numbers and texts come back as they were packed", arguments: 1...4)
  func varints(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let numbers = (0..<300).map { Int(truncatingIfNeeded: generator.next() >> UInt64($0 % 64)) }
    var packed = Varints()
    for number in numbers + [0, 127, 128, .max, .min, -1] {
      packed.append(number)
      packed.append(bits: UInt64(bitPattern: Int64(number)))
    }
    packed.close()
    var reader = packed.reader(of: packed.bytes.indices)
    for number in numbers + [0, 127, 128, .max, .min, -1] {
      let read = (reader.number(), reader.bits())
      #expect(read == (number, UInt64(bitPattern: Int64(number))))
    }
    #expect(reader.isAtEnd)
    let texts = ["", "arn:aws:iam::1:role/ü", "", "x"]
    #expect(texts.indices.map { PackedTexts(texts)[$0] } == texts)
  }
}
