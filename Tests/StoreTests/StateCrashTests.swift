// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Store

/// Commits that can be told apart: the n-th adds a part, a memory and an insight, and says n.
enum NumberedCommits {
  static func add(_ n: Int, to state: StateFile) throws {
    try state.setMeta("n", Array(String(n).utf8))
    try state.counts.append(Array(repeating: UInt8(truncatingIfNeeded: n), count: 700), to: 1)
    let memories = (0..<20).map { SeriesMemories.Entry([UInt8($0)], Array(String(n).utf8)) }
    try state.memories.replaceAll(by: memories)
    try state.told.put(
      ToldInsight(
        series: [1], start: Minute(sinceEpoch: n), id: "\(n)", ended: nil,
        content: (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* n &* 2_654_435_761 >> 11) }))
  }

  /// Returns the number of the last commit.
  ///
  /// - Throws: also where what it wrote is not all there, or not all it.
  static func last(of state: StateFile) throws -> Int {
    let n = Int(String(decoding: try state.meta("n") ?? Array("0".utf8), as: UTF8.self)) ?? -1
    let parts = try state.counts.parts(of: 1)
    try #require(
      parts.map(\.first) == (1...max(n, 1)).prefix(n).map(UInt8.init(truncatingIfNeeded:)))
    try #require(try state.told.open().map(\.id) == (1...max(n, 1)).prefix(n).map(String.init))
    var memories: Set<String> = []
    try state.memories.forEach { _, content throws(StateFailure) in
      memories.insert(String(decoding: content, as: UTF8.self))
    }
    try #require(memories == (n == 0 ? [] : ["\(n)"]))
    return n
  }
}

@Suite("A state file after a crash")
struct StateCrashTests {
  private let seed = UInt64(Date().timeIntervalSince1970 * 1000)

  @Test func `a process killed at any instant leaves its last commit`() async throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    let acknowledged = folder.file("acknowledged")
    var n = 0
    for round in 0..<15 {
      try Data().write(to: URL(fileURLWithPath: acknowledged))
      let microseconds = UInt32.random(in: 0..<60_000, using: &generator)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [
          path = folder.file() as String, acknowledged = acknowledged as String,
          microseconds = microseconds as UInt32
        ] in
        let file = try #require(FileHandle(forWritingAtPath: acknowledged))
        Thread.detachNewThread {
          usleep(microseconds)
          kill(getpid(), SIGKILL)
        }
        let state = try StateFile(path: path)
        var n = try NumberedCommits.last(of: state)
        while true {
          n += 1
          try NumberedCommits.add(n, to: state)
          try state.commit()
          file.write(Data([1]))
        }
      }
      let state = try StateFile(path: folder.file())
      let last = try NumberedCommits.last(of: state)
      let told = FileManager.default.contents(atPath: acknowledged)?.count ?? 0
      #expect((n + told...n + told + 1).contains(last), "seed \(seed), round \(round)")
      n = last
      state.close()
    }
    #expect(n > 0)
  }

  @Test func `files copied at any instant and torn anywhere`() throws {
    var generator = SeededGenerator(seed: seed)
    let folder = try ScratchFolder()
    var state = try StateFile(path: folder.file())
    var (opened, damaged) = (0, 0)
    for n in 1...30 {
      try NumberedCommits.add(n, to: state)
      if n.isMultiple(of: 5) { try copyAndOpen(n - 1, isTorn: false) }
      try state.commit()
      // Pages that the log does not hold any more are torn for good.
      if n.isMultiple(of: 8) {
        state.close()
        state = try StateFile(path: folder.file())
      }
      for _ in 0..<5 { try copyAndOpen(n, isTorn: true) }
    }
    #expect(opened > 20 && damaged > 10, "seed \(seed): \(opened) opened, \(damaged) damaged")

    func copyAndOpen(_ n: Int, isTorn: Bool) throws {
      let copy = folder.file("copy.db")
      var (file, log) = try (contents(""), contents("-wal"))
      if isTorn {
        if Bool.random(using: &generator) {
          tear(&file, &generator)
        } else {
          tear(&log, &generator)
        }
      }
      try file.write(to: URL(fileURLWithPath: copy))
      try log.write(to: URL(fileURLWithPath: copy + "-wal"))
      try? FileManager.default.removeItem(atPath: copy + "-shm")
      do {
        let again = try StateFile(path: copy)
        let last = try NumberedCommits.last(of: again)
        #expect(isTorn ? last <= n : last == n, "seed \(seed), commit \(n)")
        opened += 1
      } catch let failure as StateFailure {
        let isDamage = if case .damaged = failure.reason { true } else { false }
        #expect(
          isTorn && (isDamage || failure.reason == .notAStateFile), "seed \(seed): \(failure)")
        damaged += 1
      }
    }

    func contents(_ suffix: String) throws -> Data {
      try #require(FileManager.default.contents(atPath: folder.file() + suffix))
    }
  }

  /// Cuts the end off, or leaves zeros where it was.
  private func tear(_ data: inout Data, _ generator: inout SeededGenerator) {
    guard !data.isEmpty else { return }
    let length = Int.random(in: 0..<data.count, using: &generator)
    let isCut = Bool.random(using: &generator)
    data = data.prefix(length) + (isCut ? Data() : Data(count: min(4096, data.count - length)))
  }
}

@Suite("A state file that cannot be written", .serialized)
struct StateReadOnlyTests {
  /// Lets nobody, not even root, change some files; `false` where the file system knows no such thing.
  private func locked(_ paths: [String], _ body: () throws -> Void) throws -> Bool {
    func run(_ flag: String) -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/chattr")
      process.arguments = [flag] + paths
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
    guard run("+i") else {
      print("skipped: a read-only state file; chattr +i does not work here")
      return false
    }
    defer { _ = run("-i") }
    try body()
    return true
  }

  @Test func `it is read, and refused to writers, file or folder`() throws {
    let folder = try ScratchFolder()
    let path = folder.file()
    let state = try StateFile(path: path)
    try state.setMeta("a", [1])
    try state.commit()
    state.close()
    for paths in [[path], [folder.path], [path, folder.path]] {
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      let isTested = try locked(paths) { () throws in
        let failure = #expect(throws: StateFailure.self) { try StateFile(path: path) }
        #expect(failure?.reason == .readOnly, "\(paths)")
        #expect(try StateFile.openForReading(path: path).meta("a") == [1])
      }
      guard isTested else { return }
    }
    let again = try StateFile(path: path)
    #expect(try again.meta("a") == [1])
  }
}
