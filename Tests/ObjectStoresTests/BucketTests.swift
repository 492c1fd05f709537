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

  @Test func oddKeysAreListedAndRead() throws {
    try store.make(bucket: "odd-keys", objects: Self.oddKeys.map { (key: $0, size: 1000) })
    let bucket = try store.bucket("s3://odd-keys")
    let objects = try bucket.objects(in: .everything)
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
}
