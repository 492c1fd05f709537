// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Store

@Suite("A state file that cannot be had says why")
struct StateFailureTests {
  private let folder: ScratchFolder
  private var path: String { folder.file() }

  init() throws { folder = try ScratchFolder() }

  private func reason(_ body: () throws -> Void) -> StateFailure.Reason? {
    do {
      try body()
      return nil
    } catch {
      return (error as? StateFailure)?.reason
    }
  }

  private func make(_ edit: (StateFile) throws -> Void = { _ in }) throws {
    let state = try StateFile(path: path)
    try edit(state)
    try state.commit()
    state.close()
  }

  @Test func `text, and the database of something else, are left as they were`() throws {
    try "This is a letter, long enough to have a page of its own.".write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(reason { _ = try StateFile(path: path) } == .notAStateFile)
    #expect(reason { _ = try StateFile.openForReading(path: path) } == .notAStateFile)
    let other = folder.file("other.db")
    let database = try Database(path: other, access: .writing, busyMilliseconds: 0)
    try database.run("CREATE TABLE theirs(x)")
    database.close()
    let before = FileManager.default.contents(atPath: other)
    #expect(reason { _ = try StateFile(path: other) } == .notAStateFile)
    #expect(FileManager.default.contents(atPath: other) == before)
  }

  @Test func `folders and files that are not there`() throws {
    #expect(throws: StateFailure.self) { try StateFile(path: folder.path) }
    #expect(throws: StateFailure.self) { try StateFile(path: folder.file("no/trail.db")) }
    #expect(throws: StateFailure.self) { try StateFile(path: "") }
    #expect(throws: StateFailure.self) { try StateFile(path: path + "\u{0}x") }
    let failure = #expect(throws: StateFailure.self) { try StateFile.openForReading(path: path) }
    #expect(
      failure?.description == "\(path): the state file cannot be opened: No such file or directory")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a name that SQLite would take for something else is a file`() throws {
    let name = folder.file("file:a?mode=memory%00#b")
    let state = try StateFile(path: name)
    state.close()
    #expect(FileManager.default.fileExists(atPath: name))
  }

  @Test func `a newer version is refused`() throws {
    try make { try $0.change("PRAGMA user_version = 7") }
    let failure = #expect(throws: StateFailure.self) { try StateFile(path: path) }
    #expect(
      failure?.description
        == "\(path): was written by a newer trail-insights (state version 7; this one knows 1)")
    #expect(
      reason { _ = try StateFile.openForReading(path: path) } == .newer(version: 7, known: 1))
  }

  @Test func `an older version is brought up to date, or left alone`() throws {
    try StateFixture.make(version: 1, at: path)
    let later = StateSchema.migrations + [["CREATE TABLE later(x ANY) STRICT"], ["nonsense"]]
    let open = { (count: Int) in
      try StateFile(path: path, busyMilliseconds: 0, migrations: Array(later.prefix(count)))
    }
    #expect(
      reason { _ = try StateFile.openForReading(path: path, known: 2) }
        == .older(version: 1, known: 2))
    #expect(throws: StateFailure.self) { try open(3) }
    #expect(reason { _ = try StateFile.openForReading(path: path, known: 1) } == nil)
    let state = try open(2)
    #expect(try state.meta("note") == Array("first".utf8))
    state.close()
    #expect(reason { _ = try StateFile(path: path) } == .newer(version: 2, known: 1))
  }

  @Test func `the first version is read for ever`() throws {
    try StateFixture.make(version: 1, at: path)
    let state = try StateFile(path: path)
    #expect(try state.files.knows("logs/a.json.gz", size: 10, stamp: "1700000000000000000"))
    #expect(try state.counts.parts(of: 20000) == [[1, 2], [UInt8](repeating: 7, count: 600)])
    #expect(try state.memories.count() == 1)
    #expect(try state.insights.insight("insight")?.content == [5])
    #expect(try state.told.open().map(\.id) == ["insight"])
  }

  @Test func `two writers`() throws {
    let first = try StateFile(path: path)
    try first.commit()
    let failure = #expect(throws: StateFailure.self) {
      try StateFile(path: path, busyMilliseconds: 50)
    }
    #expect(failure?.description == "\(path): the state file is in use by another process")
    try first.setMeta("a", [1])
    try first.commit()
    first.close()
    #expect(try StateFile(path: path, busyMilliseconds: 50).meta("a") == [1])
  }

  @Test func `a writer that got in between two commits is not overwritten`() throws {
    let first = try StateFile(path: path)
    try first.setMeta("a", [1])
    try first.finish()
    let second = try StateFile(path: path)
    try second.setMeta("a", [2])
    try second.commit()
    second.close()
    #expect(reason { try first.begin() } == .changed)
    #expect(reason { try first.setMeta("a", [3]) } == .changed)
    #expect(reason { try first.commit() } == .changed)
    #expect(try StateFile.openForReading(path: path).meta("a") == [2])
  }

  @Test func `readers beside a writer see one commit`() throws {
    let writer = try StateFile(path: path)
    try writer.setMeta("a", [1])
    try writer.commit()
    try writer.setMeta("a", [2])
    let reader = try StateFile.openForReading(path: path)
    #expect(try reader.meta("a") == [1])
    try writer.commit()
    #expect(try reader.meta("a") == [1])
    #expect(try StateFile.openForReading(path: path).meta("a") == [2])
    #expect(reason { try reader.setMeta("a", [3]) } == .readOnly)
  }

  @Test func `no room: what was saved stands, and nothing is written piecemeal`() throws {
    let state = try StateFile(path: path)
    try state.setMeta("a", [1])
    try state.commit()
    try state.database.run("PRAGMA max_page_count = 60")
    try state.setMeta("a", [2])
    let noRoom = StateFailure.Reason.noRoom("database or disk is full")
    let noise = (0..<300_000).map { _ in UInt8.random(in: 0...255) }
    #expect(reason { try state.counts.append(noise, to: 1) } == noRoom)
    #expect(reason { try state.setMeta("b", [3]) } == noRoom)
    #expect(reason { try state.commit() } == noRoom)
    state.close()
    let again = try StateFile(path: path)
    #expect(try again.meta("a") == [1] && again.meta("b") == nil)
    #expect(try again.counts.parts(of: 1).isEmpty)
  }

  @Test func `a content that was touched is told`() throws {
    try make { try $0.counts.append([UInt8](repeating: 7, count: 4000), to: 1) }
    let state = try StateFile(path: path)
    try state.change("UPDATE counts SET content = substr(content, 1, 20)")
    let words = StateFailure.Reason.damaged("a content is not as it was written")
    #expect(reason { _ = try state.counts.parts(of: 1) } == words)
    try state.change("UPDATE counts SET content = x''")
    #expect(reason { _ = try state.counts.parts(of: 1) } == words)
  }
}

/// A state file as a released version made it, from the text of its dump.
enum StateFixture {
  static func make(version: Int, at path: String) throws {
    let file = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../Fixtures/state/version\(version).sql").standardized
    let text = try String(contentsOf: file, encoding: .utf8)
    let database = try Database(path: path, access: .writing, busyMilliseconds: 0)
    for statement in text.split(separator: ";\n") { try database.run(String(statement)) }
    database.close()
  }
}
