// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Vocabulary

@testable import Store

/// A folder that goes away with the test.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "trail.db") -> String { path + "/" + name }
}

@Suite("The tables of a state file")
struct StateFileTests {
  let folder = try? ScratchFolder()

  private func reopened(_ body: (StateFile) throws -> Void) throws -> StateFile {
    let path = try #require(folder).file()
    let state = try StateFile(path: path)
    try body(state)
    try state.commit()
    state.close()
    return try StateFile(path: path)
  }

  @Test func `bytes under a key`() throws {
    let state = try reopened { state in
      try state.setMeta("a", [1])
      try state.setMeta("a", [2, 0, 3])
      try state.setMeta("b", [])
    }
    #expect(try state.meta("a") == [2, 0, 3])
    #expect(try state.meta("b") == [])
    #expect(try state.meta("c") == nil)
  }

  @Test func `what is not committed is gone`() throws {
    let state = try reopened { try $0.setMeta("a", [1]) }
    try state.setMeta("a", [2])
    state.close()
    #expect(throws: StateFailure.self) { try state.meta("a") }
    let again = try StateFile(path: state.path)
    #expect(try again.meta("a") == [1])
  }

  @Test func `files are known by path, size and stamp`() throws {
    let state = try reopened { state in
      try state.files.note("a", size: 1, stamp: "x", day: 5)
      #expect(try state.files.knows("a", size: 1, stamp: "x"))
      try state.files.note("a", size: 2, stamp: "y", day: 7)
      try state.files.note("b\u{0}c'é", size: 3, stamp: "", day: 6)
    }
    #expect(try !state.files.knows("a", size: 1, stamp: "x"))
    #expect(try !state.files.knows("a", size: 2, stamp: "x"))
    #expect(try state.files.knows("a", size: 2, stamp: "y"))
    #expect(try state.files.knows("b\u{0}c'é", size: 3, stamp: ""))
    try state.files.forget(before: 7)
    #expect(try !state.files.knows("b\u{0}c'é", size: 3, stamp: ""))
    #expect(try state.files.count() == 1)
  }

  @Test func `parts of days`() throws {
    let long = (0..<5000).map { UInt8($0 % 7) }
    let state = try reopened { state in
      for day in [9, -1, 10] { try state.counts.append([UInt8(day & 15)], to: day) }
      try state.counts.append(long, to: 9)
      try state.counts.append([], to: 9)
      try state.duplicates.append([77], to: 9)
    }
    #expect(try state.counts.parts(of: 9) == [[9], long, []])
    #expect(try state.counts.partCounts().map(\.day) == [-1, 9, 10])
    #expect(try state.counts.partCounts().map(\.count) == [1, 3, 1])
    try state.counts.replace(9, by: [1])
    try state.counts.append([2], to: 9)
    #expect(try state.counts.parts(of: 9) == [[1], [2]])
    try state.counts.drop(before: 9)
    var seen: [Int] = []
    try state.counts.forEach(in: -5..<10) { day, _ throws(StateFailure) in seen.append(day) }
    #expect(seen == [9, 9])
    #expect(try state.duplicates.parts(of: 9) == [[77]])
  }

  @Test func `memories are replaced as a whole and read in order`() throws {
    let long = [UInt8](repeating: 5, count: 3000)
    let state = try reopened { state in
      let first: [SeriesMemories.Entry] = [([9], [1]), ([], long), ([1, 0], [])]
      let second: [SeriesMemories.Entry] = [([9], [2]), ([], long), ([1, 255], []), ([1], [3])]
      try state.memories.replaceAll(by: first)
      try state.memories.replaceAll(by: second)
    }
    var entries: [SeriesMemories.Entry] = []
    try state.memories.forEach { series, content throws(StateFailure) in
      entries.append((series, content))
    }
    #expect(entries.map(\.series) == [[], [1], [1, 255], [9]])
    #expect(entries.map(\.content) == [long, [3], [], [2]])
    #expect(try state.memories.count() == 4)
  }

  @Test func `insights by start and identifier`() throws {
    func insight(_ id: String, _ start: Int) -> StoredInsight {
      StoredInsight(id: id, start: Minute(sinceEpoch: start), content: Array(id.utf8))
    }
    let state = try reopened { state in
      for (id, start) in [("c", 5), ("b", 7), ("a", 7), ("d", 9)] {
        try state.insights.put(insight(id, start))
      }
      try state.insights.put(insight("c", 6))
    }
    func ids(_ from: Int, _ to: Int) throws -> [String] {
      var ids: [String] = []
      let range = (Minute(sinceEpoch: from), Minute(sinceEpoch: to))
      try state.insights.forEach(from: range.0, to: range.1) { insight throws(StateFailure) in
        #expect(insight.content == Array(insight.id.utf8))
        ids.append(insight.id)
      }
      return ids
    }
    #expect(try ids(6, 10) == ["c", "a", "b", "d"])
    #expect(try ids(7, 9) == ["a", "b"])
    #expect(try state.insights.insight("c") == insight("c", 6))
    try state.insights.drop(before: Minute(sinceEpoch: 7))
    #expect(try ids(0, 10) == ["a", "b", "d"])
    #expect(try state.insights.insight("c") == nil)
  }

  @Test func `what was told, until it ended`() throws {
    func told(_ series: UInt8, _ start: Int, _ ended: Int? = nil) -> ToldInsight {
      ToldInsight(
        series: [series], start: Minute(sinceEpoch: start), id: "\(series)-\(start)",
        ended: ended.map(Minute.init(sinceEpoch:)), content: [series])
    }
    let state = try reopened { state in
      for entry in [told(2, 5), told(1, 9), told(1, 3)] { try state.told.put(entry) }
      try state.told.put(told(1, 3, 8))
    }
    #expect(try state.told.open() == [told(1, 9), told(2, 5)])
    #expect(try state.told.all() == [told(1, 3, 8), told(1, 9), told(2, 5)])
    try state.told.drop(endedBefore: Minute(sinceEpoch: 8))
    #expect(try state.told.all().count == 3)
    try state.told.drop(endedBefore: Minute(sinceEpoch: 9))
    #expect(try state.told.all() == [told(1, 9), told(2, 5)])
  }

  @Test func `the file becomes small again`() throws {
    var noise: UInt64 = 1
    let content = (0..<400_000).map { _ -> UInt8 in
      noise = noise &* 6_364_136_223_846_793_005 &+ 1
      return UInt8(noise >> 56)
    }
    let state = try reopened { try $0.counts.append(content, to: 1) }
    let large = try state.size
    #expect(large > content.count)
    try state.counts.drop(before: 2)
    try state.compact()
    try state.commit()
    #expect(try state.size < large / 4)
    state.close()
    let attributes = try FileManager.default.attributesOfItem(atPath: state.path)
    #expect((attributes[.size] as? Int).map { $0 < large / 4 } == true)
  }
}
