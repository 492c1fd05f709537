// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Vocabulary

/// What all workers on one bucket share: its address, its Region and the credentials.
final class S3Session: Sendable {
  let bucket: String
  let options: S3Options
  private let settings: S3Settings
  private let endpoint: S3Endpoint
  private let region: Mutex<String>
  private let connectionCount = Atomic<UInt64>(0)
  private let held: Mutex<HeldCredentials>

  init(bucket: String, settings: S3Settings, options: S3Options) {
    self.bucket = bucket
    self.options = options
    self.settings = settings
    endpoint = S3Endpoint(bucket: bucket, customURL: settings.endpointURL)
    region = Mutex(settings.region)
    held = Mutex(HeldCredentials())
  }

  /// Where a new connection's randomness begins: elsewhere than that of the others.
  func nextRetrySeed() -> UInt64 {
    options.retrySeed &+ connectionCount.wrappingAdd(1, ordering: .relaxed).newValue
  }

  var currentRegion: String { region.withLock { $0 } }

  func move(to newRegion: String) { region.withLock { $0 = newRegion } }

  /// Returns the request for a call, as it has to look to be signed.
  func request(
    _ call: S3Call, region: String, credentials: Credentials?
  ) -> HTTPRequest {
    var request = HTTPRequest(url: endpoint.url(key: call.key, query: call.query, region: region))
    request.limits.stallSeconds = options.stallSeconds
    request.limits.bodyBytes = options.maximumObjectBytes
    request.limits.authoritiesFile = settings.authoritiesFile
    guard let credentials else { return request }
    // The SHA-256 of no body at all: S3 wants it among the signed headers.
    request.headers.append((name: "x-amz-content-sha256", value: Self.emptyBodyHash))
    if let token = credentials.sessionToken {
      request.headers.append((name: "x-amz-security-token", value: token))
    }
    request.signature = HTTPSignature(credentials: credentials, region: region, service: "s3")
    return request
  }

  /// Returns the credentials to sign with, found on first use and again shortly before they expire;
  /// `nil` where nothing is signed.
  func credentials(using http: inout HTTPClient) throws(S3Failure) -> Credentials? {
    guard options.signsRequests else { return nil }
    return try renew(using: &http) { held, now in held.isDue(at: now) }
  }

  /// Returns whether there are other credentials than those that a store just called expired.
  ///
  /// When several workers learn it at once, the first asks and the others find the new ones here.
  func replace(
    _ expired: Credentials?, using http: inout HTTPClient
  ) throws(S3Failure) -> Bool {
    guard let expired else { return false }
    return try renew(using: &http) { held, _ in held.credentials == expired } != expired
  }

  private func renew(
    using http: inout HTTPClient, when isDue: (HeldCredentials, Timestamp) -> Bool
  ) throws(S3Failure) -> Credentials {
    let now = settings.environment.now()
    // The lock is kept while asking: nobody can sign before there is an answer anyway.
    let result: Result<Credentials, S3Failure> = held.withLock { held in
      if let credentials = held.credentials, !isDue(held, now) { return .success(credentials) }
      do throws(S3Failure) {
        let found = try CredentialChain(settings: settings).find(using: &http)
        held = HeldCredentials(credentials: found)
        return .success(found)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private static let emptyBodyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
}

/// The credentials in use.
struct HeldCredentials: Sendable {
  var credentials: Credentials?

  /// They are renewed so long before they expire, so that a transfer under way still ends in time.
  private static let marginSeconds = 300

  func isDue(at now: Timestamp) -> Bool {
    guard let expiration = credentials?.expiration else { return credentials == nil }
    return expiration.secondsSinceEpoch - Self.marginSeconds <= now.secondsSinceEpoch
  }
}

/// A request to a bucket, in S3's terms.
struct S3Call: Sendable {
  /// What it is about, for messages: `s3://bucket/key`.
  let place: String
  /// Empty for the bucket itself.
  var key = ""
  var query: [(name: String, value: String)] = []
}
