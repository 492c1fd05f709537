// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `s3://` through the real binary.
@Suite(.serialized, .enabled(if: LoopbackStore.isWanted))
struct ObjectStoreTests {
  private let store: LoopbackStore

  init() throws { store = try LoopbackStore.shared.get() }

  private func make(_ bucket: String) throws {
    let paths = Shapes.names.map { ("AWSLogs/" + $0, Shapes.path($0)) }
    try store.make(bucket: bucket, files: Dictionary(uniqueKeysWithValues: paths))
  }

  @Test(arguments: [1, 4])
  func `a bucket is counted as the folder is`(threads: Int) throws {
    try make("tool-shapes-\(threads)")
    let run = try Tool.run(
      [
        "count", "--threads", "\(threads)", "s3://tool-shapes-\(threads)/AWSLogs/", Shapes.folder,
        "s3://tool-shapes-\(threads)",
      ], environment: store.variables())
    #expect(run.status == 0)
    #expect(run.err == Shapes.warning(events: 10))
    #expect(run.out == Shapes.counts)
  }

  @Test func `an object that cannot be read is a fault, the rest is read`() throws {
    try make("tool-faulty")
    try store.plan(.init(match: "tool-faulty/AWSLogs/lake.csv", kind: "403", times: 9))
    let folder = try TemporaryFolder()
    let run = try Tool.run(
      ["count", "--faults", "faults.csv", "s3://tool-faulty/AWSLogs/l"], in: folder,
      environment: store.variables())
    #expect(run.status == 3)
    #expect(run.out == Shapes.counts)
    let rows = try folder.text("faults.csv").split(separator: "\n")
    #expect(rows.count == 2)
    let size = try Data(contentsOf: URL(fileURLWithPath: Shapes.path("lake.csv"))).count
    #expect(
      rows.last.map(String.init) == "s3://tool-faulty/AWSLogs/lake.csv,0,\(size),unreadable,"
        + "AccessDenied: Access Denied (HTTP 403)")
  }

  @Test func `a connection that breaks is made anew`() throws {
    try make("tool-broken")
    try store.plan(.init(match: "tool-broken/AWSLogs/lake.csv", kind: "cut", times: 1))
    let run = try Tool.run(
      ["count", "s3://tool-broken/AWSLogs/lake.csv"], environment: store.variables())
    #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
    #expect(run.out == Shapes.counts)
  }

  @Test func `days outside of the time range are not asked for`() throws {
    let folder = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03"
    let paths = [1, 20].map {
      ("\(folder)/\($0 < 10 ? "0" : "")\($0)/x.json", Shapes.path("array.json"))
    }
    try store.make(bucket: "tool-days", files: Dictionary(uniqueKeysWithValues: paths))
    // The same files below a folder are chosen in the same way.
    let onDisk = try TemporaryFolder()
    for (key, file) in paths {
      try onDisk.write(Array(Data(contentsOf: URL(fileURLWithPath: file))), to: key)
    }
    func files(_ options: [String], in trail: String) throws -> String {
      let place = try TemporaryFolder()
      let arguments = ["detect", "--coverage", "c.json"] + options + [trail]
      let run = try Tool.run(arguments, in: place, environment: store.variables())
      return run.status == 0 ? String(try place.text("c.json").prefix(12)) : run.err
    }
    for trail in ["s3://tool-days/AWSLogs/", onDisk.path] {
      #expect(try files([], in: trail) == "{\"files\":2,\"")
      #expect(
        try files(["--from", "2026-03-25", "--baseline-days", "7"], in: trail)
          == "{\"files\":1,\"")
      #expect(try files(["--from", "2026-03-25"], in: trail) == "{\"files\":2,\"")
      #expect(try files(["--to", "2026-03-02"], in: trail) == "{\"files\":1,\"")
      #expect(try files(["--to", "2026-03-17"], in: trail) == "{\"files\":1,\"")
      #expect(try files(["--to", "2026-03-18"], in: trail) == "{\"files\":2,\"")
    }
  }

  @Test func `a listing that fails ends in one line and 2`() throws {
    let missing = try Tool.run(
      ["detect", "s3://no-such-bucket/"], environment: store.variables())
    #expect(missing.status == 2 && missing.out.isEmpty)
    #expect(missing.complaints.count == 1)
    #expect(missing.err.hasPrefix("trail-insights: cannot read s3://no-such-bucket/: NoSuchBucket"))
    try make("tool-foreign")
    let stranger = try Tool.run(
      ["detect", "s3://tool-foreign/"], environment: store.variables("stranger"))
    #expect(stranger.status == 2 && stranger.complaints.count == 1)
    let malformed = try Tool.run(["detect", "s3://x"])
    #expect(malformed.status == 2 && malformed.complaints.count == 1)
  }
}
