// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing

/// A real S3 API on loopback: moto, and in front of it a door that fails on demand.
final class LoopbackStore: Sendable {
  struct Addresses: Decodable {
    let door: String
    let users: [String: Keys]
  }

  struct Keys: Decodable {
    let id: String
    let secret: String
  }

  static let shared = Result { try LoopbackStore() }
  private static let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../Loopback").standardized
  private static let python = folder.appendingPathComponent("../../.venv/moto/bin/python").path

  /// The tests are left out only where the environment says so.
  static let isWanted =
    FileManager.default.fileExists(atPath: python)
    || ProcessInfo.processInfo.environment["TRAIL_INSIGHTS_SKIP_MOTO"] == nil

  let addresses: Addresses
  private let talk: Mutex<(input: FileHandle, output: FileHandle)>

  private init() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = ["-B", Self.folder.appendingPathComponent("loopback.py").path]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    addresses = try JSONDecoder().decode(
      Addresses.self, from: try Self.line(of: output.fileHandleForReading))
    talk = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
  }

  /// Makes a bucket whose objects have the bytes of files.
  func make(bucket: String, paths: [String: String]) throws {
    try say(["files": bucket, "paths": paths])
  }

  /// Lets the next requests for a key fail.
  func fail(_ key: String, _ kind: String, times: Int) throws {
    let fault: [String: Any] = [
      "match": key, "kind": kind, "times": times, "seconds": 0, "region": "", "user": "",
    ]
    try say(["faults": [fault]])
  }

  /// What the tool finds around it as one of the users.
  func environment(_ user: String = "reader") -> [String: String] {
    let keys = addresses.users[user]
    return [
      "AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": addresses.door,
      "AWS_ACCESS_KEY_ID": keys?.id ?? "", "AWS_SECRET_ACCESS_KEY": keys?.secret ?? "",
      "HOME": "/nonexistent",
    ]
  }

  private func say(_ command: [String: Any]) throws {
    let line = try JSONSerialization.data(withJSONObject: command) + Data("\n".utf8)
    try talk.withLock { ends in
      try ends.input.write(contentsOf: line)
      _ = try Self.line(of: ends.output)
    }
  }

  private static func line(of output: FileHandle) throws -> Data {
    var line = Data()
    while let byte = try output.read(upToCount: 1), let value = byte.first {
      if value == UInt8(ascii: "\n") { return line }
      line.append(value)
    }
    throw CocoaError(.fileReadUnknown)
  }
}

/// `s3://` through the real binary.
@Suite(.serialized, .enabled(if: LoopbackStore.isWanted))
struct ObjectStoreTests {
  private let store: LoopbackStore

  init() throws { store = try LoopbackStore.shared.get() }

  private func make(_ bucket: String) throws {
    let paths = Shapes.names.map { ("AWSLogs/" + $0, Shapes.path($0)) }
    try store.make(bucket: bucket, paths: Dictionary(uniqueKeysWithValues: paths))
  }

  @Test(arguments: [1, 4])
  func `a bucket is counted as the folder is`(threads: Int) throws {
    try make("shapes-\(threads)")
    let run = try Tool.run(
      [
        "count", "--threads", "\(threads)", "s3://shapes-\(threads)/AWSLogs/", Shapes.folder,
        "s3://shapes-\(threads)",
      ], environment: store.environment())
    #expect(run.status == 0)
    #expect(run.err == Shapes.warning(events: 10))
    #expect(run.out == Shapes.counts)
  }

  @Test func `an object that cannot be read is a fault, the rest is read`() throws {
    try make("faulty")
    try store.fail("faulty/AWSLogs/lake.csv", "403", times: 9)
    let folder = try TemporaryFolder()
    let run = try Tool.run(
      ["count", "--faults", "faults.csv", "s3://faulty/AWSLogs/l"], in: folder,
      environment: store.environment())
    #expect(run.status == 3)
    #expect(run.out == Shapes.counts)
    let rows = try folder.text("faults.csv").split(separator: "\n")
    #expect(rows.count == 2)
    let size = try Data(contentsOf: URL(fileURLWithPath: Shapes.path("lake.csv"))).count
    #expect(
      rows.last.map(String.init) == "s3://faulty/AWSLogs/lake.csv,0,\(size),unreadable,"
        + "AccessDenied: Access Denied (HTTP 403)")
  }

  @Test func `a connection that breaks is made anew`() throws {
    try make("broken")
    try store.fail("broken/AWSLogs/lake.csv", "cut", times: 1)
    let run = try Tool.run(
      ["count", "s3://broken/AWSLogs/lake.csv"], environment: store.environment())
    #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
    #expect(run.out == Shapes.counts)
  }

  @Test func `days outside of the time range are not asked for`() throws {
    let folder = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03"
    let paths = [1, 20].map {
      ("\(folder)/\($0 < 10 ? "0" : "")\($0)/x.json", Shapes.path("array.json"))
    }
    try store.make(bucket: "days", paths: Dictionary(uniqueKeysWithValues: paths))
    func files(_ options: [String]) throws -> String {
      let place = try TemporaryFolder()
      let arguments = ["detect", "--coverage", "c.json"] + options + ["s3://days/AWSLogs/"]
      let run = try Tool.run(arguments, in: place, environment: store.environment())
      return run.status == 0 ? String(try place.text("c.json").prefix(12)) : run.err
    }
    #expect(try files([]) == "{\"files\":2,\"")
    #expect(try files(["--from", "2026-03-25", "--baseline-days", "7"]) == "{\"files\":1,\"")
    #expect(try files(["--from", "2026-03-25"]) == "{\"files\":2,\"")
    #expect(try files(["--to", "2026-03-02"]) == "{\"files\":1,\"")
  }

  @Test func `a listing that fails ends in one line and 2`() throws {
    let missing = try Tool.run(
      ["detect", "s3://no-such-bucket/"], environment: store.environment())
    #expect(missing.status == 2 && missing.out.isEmpty)
    #expect(missing.complaints.count == 1)
    #expect(missing.err.hasPrefix("trail-insights: cannot read s3://no-such-bucket/: NoSuchBucket"))
    try make("foreign")
    let stranger = try Tool.run(
      ["detect", "s3://foreign/"], environment: store.environment("stranger"))
    #expect(stranger.status == 2 && stranger.complaints.count == 1)
    let malformed = try Tool.run(["detect", "s3://x"])
    #expect(malformed.status == 2 && malformed.complaints.count == 1)
  }
}
