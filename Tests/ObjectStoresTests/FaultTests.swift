// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import ObjectStores

@Suite("What a store does wrong", .enabled(if: LoopbackStore.isWanted), .timeLimit(.minutes(2)))
struct FaultTests {
  private let store: LoopbackStore

  init() throws {
    store = try LoopbackStore.shared.get()
  }

  /// Reads one object of a new bucket under a plan of faults, and counts the requests it took.
  private func read(
    bucket name: String, user: String = "reader", _ faults: LoopbackStore.FaultPlan...
  ) throws -> (result: Result<[UInt8], S3Failure>, requests: Int) {
    try store.make(bucket: name, objects: [("key", 100_000)])
    for fault in faults { try store.plan(fault) }
    var connection = try store.bucket("s3://" + name, as: user).connection()
    var body: [UInt8] = [1, 2, 3]
    let result: Result<[UInt8], S3Failure>
    do throws(S3Failure) {
      try connection.read(key: "key", into: &body)
      result = .success(body)
    } catch {
      #expect(body.isEmpty, "a failed read leaves nothing behind")
      result = .failure(error)
    }
    return (result, try store.requests(holding: "/\(name)/key").count)
  }

  @Test(arguments: ["500", "503", "429", "reset", "cut", "stall"])
  func passingFaultsAreOvercome(kind: String) throws {
    let name = "passing-" + kind
    let plan = LoopbackStore.FaultPlan(match: "/\(name)/key", kind: kind, times: 2, seconds: 30)
    let (result, requests) = try read(bucket: name, plan)
    #expect(try result.get() == LoopbackStore.content(ofKey: "key", size: 100_000))
    #expect(requests == 3)
  }

  @Test(arguments: [
    ("500", "InternalError: We encountered an internal error. Please try again. (HTTP 500)"),
    ("cut", "transferred a partial file"),
    ("reset", "server returned nothing (no headers, no data)"),
  ])
  func lastingFaultsEndAfterFiveTries(kind: String, reason: String) throws {
    let name = "lasting-" + kind
    let plan = LoopbackStore.FaultPlan(match: "/\(name)/key", kind: kind, times: 99)
    let (result, requests) = try read(bucket: name, plan)
    guard case .failure(let failure) = result else {
      Issue.record("it was read")
      return
    }
    #expect(failure.reason == reason)
    #expect(requests == 5)
  }

  @Test(arguments: [
    ("403", "AccessDenied: Access Denied (HTTP 403)"),
    ("404", "NoSuchKey: The specified key does not exist. (HTTP 404)"),
    ("expired", "ExpiredToken: The provided token has expired. (HTTP 400)"),
  ])
  func finalAnswersAreFinal(kind: String, reason: String) throws {
    let name = "final-" + kind
    let plan = LoopbackStore.FaultPlan(match: "/\(name)/key", kind: kind, times: 99)
    let (result, requests) = try read(bucket: name, plan)
    guard case .failure(let failure) = result else {
      Issue.record("it was read")
      return
    }
    let fault = failure.fault(skippedBytes: 7)
    #expect(fault.kind == .unreadable && fault.file == "s3://\(name)/key")
    #expect(fault.skippedBytes == 7 && fault.reason == reason)
    #expect(requests == 1)
  }

  @Test func aSlowAnswerIsWaitedFor() throws {
    let plan = LoopbackStore.FaultPlan(match: "/slow/key", kind: "slow", seconds: 0.7)
    let (result, requests) = try read(bucket: "slow", plan)
    #expect(try result.get().count == 100_000)
    #expect(requests == 1)
  }

  @Test(arguments: ["moved", "malformed"])
  func aBucketElsewhereIsFoundThere(kind: String) throws {
    let name = "region-" + kind
    let plan = LoopbackStore.FaultPlan(match: "/\(name)/key", kind: kind, region: "eu-west-3")
    let (result, _) = try read(bucket: name, plan)
    #expect(try result.get().count == 100_000)
    let requests = try store.requests(holding: "/\(name)/key")
    #expect(requests.map(\.region) == ["eu-central-1", "eu-west-3"])
    #expect(requests.allSatisfy { $0.isSigned == true })
  }

  @Test func whatIsNotThereOrNotAllowedIsSaid() async throws {
    try store.make(bucket: "closed", objects: [("key", 1)])
    var body: [UInt8] = []
    let stranger = try store.bucket("s3://closed", as: "stranger")
    var strangers = stranger.connection()
    #expect { try strangers.read(key: "key", into: &body) } throws: {
      ($0 as? S3Failure)?.code == "AccessDenied"
    }
    await #expect { try await stranger.objects(in: .everything) } throws: {
      let failure = $0 as? S3Failure
      return failure?.place == "s3://closed/" && failure?.status == 403
    }
    var readers = try store.bucket("s3://closed").connection()
    #expect { try readers.read(key: "nothing", into: &body) } throws: {
      ($0 as? S3Failure)?.code == "NoSuchKey"
    }
    await #expect {
      try await store.bucket("s3://no-such-bucket").objects(in: .everything)
    } throws: {
      ($0 as? S3Failure)?.code == "NoSuchBucket"
    }
  }

  @Test func aListingThatIsNoneIsAnError() async throws {
    try store.make(bucket: "hotel", objects: [("key", 1)])
    try store.plan(LoopbackStore.FaultPlan(match: "/hotel/?", kind: "page"))
    await #expect { try await store.bucket("s3://hotel").objects(in: .everything) } throws: {
      ($0 as? S3Failure)?.message == "the listing is no ListObjectsV2 answer"
    }
  }

  @Test func aListingIsTriedAgain() async throws {
    try store.make(bucket: "stumble", objects: [("key", 1)])
    try store.plan(
      LoopbackStore.FaultPlan(match: "/stumble/?", kind: "500"),
      LoopbackStore.FaultPlan(match: "/stumble/?", kind: "cut"))
    #expect(try await store.bucket("s3://stumble").objects(in: .everything).map(\.key) == ["key"])
  }

  @Test func aStalledTransferIsGivenUp() throws {
    try store.make(bucket: "stalled", objects: [("key", 10)])
    try store.plan(LoopbackStore.FaultPlan(match: "/stalled/key", kind: "stall", seconds: 30))
    var options = S3Options()
    options.maximumTries = 1
    options.stallSeconds = 1
    let location = try #require(S3Location(parsing: "s3://stalled"))
    let bucket = try S3Bucket(at: location, options: options, environment: store.environment())
    var connection = bucket.connection()
    var body: [UInt8] = []
    // The door would close the connection after half a minute, which is another reason.
    #expect { try connection.read(key: "key", into: &body) } throws: {
      ($0 as? S3Failure)?.reason == "timeout was reached"
    }
  }

  @Test func aTooLargeObjectIsRefused() throws {
    try store.make(bucket: "large", objects: [("key", 2000)])
    var options = S3Options()
    options.maximumObjectBytes = 1000
    let location = try #require(S3Location(parsing: "s3://large"))
    let bucket = try S3Bucket(at: location, options: options, environment: store.environment())
    var connection = bucket.connection()
    var body: [UInt8] = []
    #expect { try connection.read(key: "key", into: &body) } throws: {
      ($0 as? S3Failure)?.reason == "it is too large"
    }
    #expect(body.isEmpty)
  }

  @Test func anAddressWhereNobodyIsIsSaid() async throws {
    var environment = store.environment()
    environment.variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1"
    var options = S3Options()
    options.firstPauseMilliseconds = 1
    let location = try #require(S3Location(parsing: "s3://nobody"))
    let bucket = try S3Bucket(at: location, options: options, environment: environment)
    await #expect { try await bucket.objects(in: .everything) } throws: {
      ($0 as? S3Failure)?.reason == "couldn't connect to server"
    }
  }
}
