// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import CommandLineTool

@Suite final class OutputTargetTests {
  private let folder: String
  private let console = Console(writeOutput: { _ in .success(()) }, writeError: { _ in })

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = try #require(SystemCalls.resolved(url.path))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  @Test func `a file is written, replaced, and nothing stays beside it`() throws {
    for content in ["one", "two", ""] {
      try OutputTarget(folder + "/a.csv").write(Array(content.utf8), console: console)
      #expect(try text("a.csv") == content)
      #expect(names == ["a.csv"])
    }
  }

  @Test func `a private file stays private`() throws {
    let path = folder + "/a"
    try OutputTarget(path).write([1], console: console)
    #expect(SystemCalls.permissions(ofPath: path).map { $0 & 0o600 } == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try OutputTarget(path).write([2], console: console)
    #expect(SystemCalls.permissions(ofPath: path) == 0o600)
  }

  @Test func `a link stays a link`() throws {
    try OutputTarget(folder + "/a").write(Array("old".utf8), console: console)
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: "a")
    try OutputTarget(folder + "/link").write(Array("new".utf8), console: console)
    #expect(try text("a") == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "a")
  }

  @Test func `folders and paths below nothing are refused before any work`() {
    #expect(throws: RunError.cannotWrite(path: folder, reason: "it is a folder")) {
      try OutputTarget(self.folder)
    }
    let path = folder + "/no/such"
    #expect(throws: RunError.cannotWrite(path: path, reason: "No such file or directory")) {
      try OutputTarget(path)
    }
  }

  @Test func `a device is written to and stays what it is`() throws {
    let full = try OutputTarget("/dev/full")
    #expect(full == .device("/dev/full"))
    let reason = "No space left on device"
    #expect(throws: RunError.cannotWrite(path: "/dev/full", reason: reason)) {
      try full.write([1], console: self.console)
    }
    #expect(SystemCalls.kind(ofPath: "/dev/full") == .other)
    let link = folder + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "/dev/full")
    #expect(try OutputTarget(link) == .device(link))
  }

  @Test func `a generated trail goes into a new or empty folder only`() throws {
    var output = try OutputFolder(folder + "/new/deep")
    try output.write(Array("x".utf8), to: "AWSLogs/1/a.json")
    try output.write(Array("y".utf8), to: "labels.csv")
    #expect(try text("new/deep/AWSLogs/1/a.json") == "x")
    #expect(throws: RunError.folderInUse(folder + "/new/deep")) {
      _ = try OutputFolder(self.folder + "/new/deep")
    }
    #expect(
      throws: RunError.cannotWrite(path: folder + "/new/deep/labels.csv", reason: "File exists")
    ) {
      try output.write([], to: "labels.csv")
    }
  }
}
