// SPDX-License-Identifier: Apache-2.0
import TestSupport
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
    // A busy machine may have to ask for a page again.
    #expect(Set(requests.map(\.path)).count == 2)
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
      .filter { $0.path.hasPrefix("/days/") }
    #expect(years.isEmpty, "the year begins within the window")
  }

  @Test func aStoreIsReadOverTLSOnlyIfItsCertificateIsKnown() async throws {
    try store.make(bucket: "secure", objects: [("key", 70_000)])
    var environment = store.environment()
    environment.variables["AWS_ENDPOINT_URL"] = store.addresses.secureDoor
    let location = try #require(S3Location(parsing: "s3://secure"))
    let distrustful = try S3Bucket(at: location, options: S3Options(), environment: environment)
    await #expect { try await distrustful.objects(in: .everything) } throws: {
      ($0 as? S3Failure)?.message.contains("certificate") == true
    }
    #expect(try store.requests(holding: "/secure/").isEmpty)
    environment.variables["AWS_CA_BUNDLE"] = store.addresses.authorities
    let bucket = try S3Bucket(at: location, options: S3Options(), environment: environment)
    let objects = try await bucket.objects(in: .everything)
    let arrival = await bucket.readAhead(objects, connections: 1).next()
    #expect(try arrival?.content.get() == LoopbackStore.content(ofKey: "key", size: 70_000))
  }

  @Test func severalConnectionsReadAhead() async throws {
    let keys = (0..<60).map { "k\($0)" }
    try store.make(bucket: "workers", objects: keys.map { (key: $0, size: 50_000) })
    try store.plan(
      .init(match: "/workers/k7", kind: "404", times: 99), .init(match: "/workers/k3", kind: "cut"))
    let bucket = try store.bucket("s3://workers")
    let objects = try await bucket.objects(in: .everything, connections: 4)
    let reading = bucket.readAhead(objects, connections: 5)
    var arrived: [Int: Result<[UInt8], S3Failure>] = [:]
    await withTaskGroup(of: [S3Arrival].self) { group in
      for _ in 0..<3 {
        group.addTask {
          var taken: [S3Arrival] = []
          while let arrival = await reading.next() { taken.append(arrival) }
          return taken
        }
      }
      for await taken in group {
        for arrival in taken { arrived[arrival.index] = arrival.content }
      }
    }
    #expect(arrived.count == keys.count)
    for (index, object) in objects.enumerated() {
      let content = try? arrived[index]?.get()
      let expected = LoopbackStore.content(ofKey: object.key, size: 50_000)
      #expect(content == (object.key == "k7" ? nil : expected), "key \(object.key)")
    }
    let ports = try store.requests(holding: "/workers/k").map(\.port)
    // One more for the connection that was cut.
    #expect((2...6).contains(Set(ports).count), "each lane keeps its connection")
    #expect(await reading.next() == nil, "the end stays the end")
  }

  @Test func readingAheadHoldsNoMoreThanTwiceItsConnections() async throws {
    try store.make(bucket: "ahead", objects: (0..<50).map { ("k\($0)", 10) })
    let bucket = try store.bucket("s3://ahead")
    let reading = bucket.readAhead(try await bucket.objects(in: .everything), connections: 2)
    #expect(await reading.next() != nil)
    // One was taken, four may be held; nobody takes more, so nothing more is ever asked for.
    while try store.requests(holding: "/ahead/k").count < 5 { await Task.yield() }
    try await Task.sleep(for: .milliseconds(300))
    #expect(try store.requests(holding: "/ahead/k").count == 5)
    var rest: [Int] = []
    while let arrival = await reading.next() { rest.append(arrival.index) }
    #expect(rest == Array(1..<50), "in order")
    let nothing = bucket.readAhead([], connections: 2)
    #expect(await nothing.next() == nil)
  }

  @Test func aDayOutsideOfTheWindowIsNotEvenAskedFor() async throws {
    let bucket = try store.bucket("s3://outside/AWSLogs/1/CloudTrail/eu-west-1/2026/01/01/")
    let window = DayWindow(start: Timestamp(rfc3339: "2026-02-01")?.minute, end: nil)
    #expect(try await bucket.objects(in: window).isEmpty)
    #expect(try store.requests(holding: "/outside").isEmpty)
  }
}
