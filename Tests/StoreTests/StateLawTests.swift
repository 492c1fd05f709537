// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Store

/// What a state file says, as plain values: the slow and obvious twin.
struct StateTwin: Equatable {
  var meta: [String: [UInt8]] = [:]
  var files: [String: Int] = [:]
  var counts: [Int: [[UInt8]]] = [:]
  var memories: [[UInt8]: [UInt8]] = [:]
  var insights: [String: StoredInsight] = [:]
  var told: [String: ToldInsight] = [:]
}

extension StateTwin {
  /// Reads everything that a state file holds, but for `files`, which can only be asked.
  init(of state: StateFile, keys: [String], files: [String: Int]) throws {
    for key in keys { meta[key] = try state.meta(key) }
    for (path, size) in files where try state.files.knows(path, size: size, stamp: "s\(size)") {
      self.files[path] = size
    }
    var twin = self
    try state.counts.forEach(in: -100..<100) { day, content throws(StateFailure) in
      twin.counts[day, default: []].append(content)
    }
    try state.memories.forEach { series, content throws(StateFailure) in
      twin.memories[series] = content
    }
    let (from, to) = (Minute(sinceEpoch: -100), Minute(sinceEpoch: 100))
    try state.insights.forEach(from: from, to: to) { insight throws(StateFailure) in
      twin.insights[insight.id] = insight
    }
    for told in try state.told.all() { twin.told["\(told.series) \(told.start.sinceEpoch)"] = told }
    self = twin
  }
}

@Suite("A state file is what was written to it")
struct StateLawTests {
  private static let keys = ["a", "b", "c"]

  /// Makes one random change to both.
  private func change(
    _ state: StateFile, _ twin: inout StateTwin, _ seed: inout SeededGenerator
  ) throws {
    func number() -> Int { Int.random(in: 0..<12, using: &seed) }
    func content() -> [UInt8] {
      let kinds = UInt8.random(in: 0...255, using: &seed)
      let count = Int.random(in: 0..<1600, using: &seed)
      return (0..<count).map { _ in UInt8.random(in: 0...kinds, using: &seed) }
    }
    switch number() {
    case 0:
      let (key, value) = (Self.keys[number() % 3], content())
      try state.setMeta(key, value)
      twin.meta[key] = value
    case 1, 2:
      let (path, size) = ("p\(number())", number())
      try state.files.note(path, size: size, stamp: "s\(size)", day: 0)
      twin.files[path] = size
    case 3, 4, 5:
      let (day, part) = (number(), content())
      try state.counts.append(part, to: day)
      twin.counts[day, default: []].append(part)
    case 6:
      let (day, part) = (number(), content())
      try state.counts.replace(day, by: part)
      twin.counts[day] = [part]
    case 7:
      let day = number() / 2
      try state.counts.drop(before: day)
      twin.counts = twin.counts.filter { $0.key >= day }
    case 8:
      let keys = Set((0..<number()).map { _ in Array(content().prefix(3)) })
      let entries = keys.map { SeriesMemories.Entry(series: $0, content: content()) }
      try state.memories.replaceAll(by: entries)
      twin.memories = Dictionary(entries.map { ($0.series, $0.content) }) { $1 }
    case 9:
      let insight = StoredInsight(
        id: "i\(number())", start: Minute(sinceEpoch: number()), content: content())
      try state.insights.put(insight)
      twin.insights[insight.id] = insight
    case 10:
      let minute = Minute(sinceEpoch: number() / 2)
      try state.insights.drop(before: minute)
      twin.insights = twin.insights.filter { $0.value.start >= minute }
      try state.compact()
    default:
      let told = ToldInsight(
        series: [UInt8(number())], start: Minute(sinceEpoch: number()), id: "t",
        ended: number() < 6 ? nil : Minute(sinceEpoch: number()), content: content())
      try state.told.put(told)
      twin.told["\(told.series) \(told.start.sinceEpoch)"] = told
    }
  }

  @Test func `any sequence of changes, with the file opened anew at random`() throws {
    let seed = UInt64(Date().timeIntervalSince1970 * 1000)
    var generator = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    var (twin, saved) = (StateTwin(), StateTwin())
    var state = try StateFile(path: folder.file())
    for step in 0..<1500 {
      switch Int.random(in: 0..<30, using: &generator) {
      case 0, 1:
        try state.commit()
        saved = twin
      case 2:
        state.close()
        state = try StateFile(path: folder.file())
        twin = saved
      case 3:
        let reader = try StateFile.openForReading(path: folder.file())
        let seen = try StateTwin(of: reader, keys: Self.keys, files: saved.files)
        #expect(seen == saved, "seed \(seed), step \(step)")
      default: try change(state, &twin, &generator)
      }
      guard step % 20 == 0 else { continue }
      let seen = try StateTwin(of: state, keys: Self.keys, files: twin.files)
      try #require(seen == twin, "seed \(seed), step \(step)")
    }
  }
}
