// SPDX-License-Identifier: Apache-2.0
import Testing
import Vocabulary

@testable import ObjectStores

@Suite("A bucket of a real S3 API", .enabled(if: LoopbackStore.isWanted), .timeLimit(.minutes(2)))
struct BucketTests {
  private let store: LoopbackStore

  init() throws {
    store = try LoopbackStore.shared.get()
  }

  /// Keys that a canonical request can go wrong on.
  private static let oddKeys = [
    "a b", "a+b", "a=b&c=d", "50%", "%41", "ä/ö ü", "日本/語", "e\u{301}", "é", "🙂", "a//b", "/a",
    "a/../b", "./a", "a?b#c", "~!*'()", "a:b@c;d,e$", "a\"b<c>", "a\\b|c^d`e{f}[g]", "a\tb",
    "q=1.json.gz", "tail/ ",
  ]

  @Test func oddKeysAreListedAndRead() async throws {
    try store.make(bucket: "odd-keys", objects: Self.oddKeys.map { (key: $0, size: 1000) })
    let bucket = try store.bucket("s3://odd-keys")
    let objects = try await bucket.objects(in: .everything)
    let expected = Self.oddKeys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(objects.map { Array($0.key.utf8) } == expected.map { Array($0.utf8) })
    var connection = bucket.connection()
    var body: [UInt8] = []
    for key in Self.oddKeys {
      try connection.read(key: key, into: &body)
      #expect(body == LoopbackStore.content(ofKey: key, size: 1000), "key \(key)")
    }
    let requests = try store.requests(holding: "/odd-keys/")
    #expect(requests.count == Self.oddKeys.count + 1)
    #expect(requests.allSatisfy { $0.isSigned == true })
    #expect(Set(requests.dropFirst().map(\.port)).count == 1, "one connection serves a worker")
  }

  @Test func aListingGoesThroughAllItsPages() async throws {
    let keys = (0..<1234).map { "many/\($0)" }
    try store.make(bucket: "pages", objects: keys.map { (key: $0, size: 1) } + [("many/", 0)])
    let objects = try await store.bucket("s3://pages/many/").objects(in: .everything)
    #expect(objects.map(\.key) == keys.sorted())
    #expect(objects.allSatisfy { $0.size == 1 && !$0.entityTag.isEmpty })
    let requests = try store.requests(holding: "/pages/?")
    #expect(requests.count == 2)
    #expect(requests.allSatisfy { $0.isSigned == true })
  }

  @Test func aPrefixIsTakenLiterally() async throws {
    try store.make(bucket: "prefixes", objects: [("a/b", 1), ("a/bc", 2), ("a/b/c", 3), ("ab", 4)])
    var sizes: [[Int]] = []
    for prefix in ["a/b", "a/b/", "a", "", "a/bc", "x"] {
      let objects = try await store.bucket("s3://prefixes/" + prefix).objects(in: .everything)
      sizes.append(objects.map(\.size))
    }
    #expect(sizes == [[1, 3, 2], [3], [1, 3, 2, 4], [1, 3, 2, 4], [2], []])
  }

  /// A layout of two accounts, Regions and other services, from October to March.
  @Test func onlyWantedDaysAreListed() async throws {
    var keys = ["AWSLogs/1/vpcflowlogs/eu-west-1/2026/01/03/x", "readme.txt", "logs/deep/x"]
    for folder in ["AWSLogs/1/CloudTrail/eu-west-1", "AWSLogs/o-x/2/CloudTrail/us-east-1"] {
      for day in stride(from: 20_360, to: 20_530, by: 2) {
        let date = Minute(day: day).rfc3339.prefix(10).split(separator: "-")
        keys.append(folder + "/" + date.joined(separator: "/") + "/x.json.gz")
      }
    }
    try store.make(bucket: "days", objects: keys.map { (key: $0, size: 5) })
    let window = DayWindow(
      start: Timestamp(rfc3339: "2025-12-30")?.minute, end: Timestamp(rfc3339: "2026-01-02")?.minute
    )
    let wanted = keys.filter { TrailFolder.mayHold(key: $0, in: window) }.sorted()
    for prefix in ["", "AWS", "AWSLogs/", "AWSLogs/1/CloudTrail/eu-west-1/2026/01"] {
      let objects = try await store.bucket("s3://days/" + prefix).objects(in: window)
      #expect(objects.map(\.key) == wanted.filter { $0.hasPrefix(prefix) }, "prefix \(prefix)")
    }
    let starts = try store.requests(holding: "start-after")
    #expect(starts.contains { $0.path.hasSuffix("CloudTrail%2Feu-west-1%2F2025%2F12%2F29") })
    let years = try store.requests(holding: "%2Feu-west-1%2F2026%2F&start-after")
    #expect(years.isEmpty, "the year begins within the window")
  }

  @Test func severalWorkersReadAtOnce() async throws {
    let keys = (0..<40).map { "k\($0)" }
    try store.make(bucket: "workers", objects: keys.map { (key: $0, size: 50_000) })
    let bucket = try store.bucket("s3://workers")
    let wrong = await withTaskGroup(of: [String].self) { group in
      for worker in 0..<4 {
        group.addTask {
          var connection = bucket.connection()
          var body: [UInt8] = []
          return stride(from: worker, to: keys.count, by: 4).map { keys[$0] }.filter { key in
            (try? connection.read(key: key, into: &body)) == nil
              || body != LoopbackStore.content(ofKey: key, size: 50_000)
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(wrong.isEmpty)
    let reads = try store.requests(holding: "/workers/k")
    #expect(reads.count == 40)
    #expect(Set(reads.map(\.port)).count <= 4, "each worker keeps its connection")
  }
}
