// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import ObjectStores

@Suite("Credentials", .enabled(if: LoopbackStore.isWanted), .timeLimit(.minutes(2)))
struct CredentialTests {
  private let store: LoopbackStore
  private let home: URL

  init() throws {
    store = try LoopbackStore.shared.get()
    home = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: home.appendingPathComponent(".aws"), withIntermediateDirectories: true)
  }

  // MARK: Surroundings

  private func write(_ text: String, to name: String) throws {
    try text.write(to: home.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  /// The surroundings without any keys.
  private func surroundings(_ variables: [String: String] = [:]) -> S3Environment {
    let fixed = [
      "AWS_ENDPOINT_URL": store.addresses.door, "AWS_EC2_METADATA_DISABLED": "true",
      "PATH": "/usr/bin:/bin",
    ]
    return S3Environment(
      variables: fixed.merging(variables) { _, new in new }, homeFolder: home.path
    ) { Timestamp(secondsSinceEpoch: 1_800_000_000) }
  }

  private func user(_ name: String) throws -> LoopbackStore.Keys {
    try #require(store.addresses.users[name])
  }

  /// Reads a bucket in given surroundings and returns the keys found.
  private func list(
    _ name: String, _ environment: S3Environment, options: S3Options = S3Options()
  ) async throws -> [String] {
    try store.make(bucket: name, objects: [("key", 10)])
    let location = try #require(S3Location(parsing: "s3://" + name))
    let bucket = try S3Bucket(at: location, options: options, environment: environment)
    return try await bucket.objects(in: .everything).map(\.key)
  }

  private func failure(_ body: () async throws -> [String]) async -> S3Failure? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? S3Failure
    }
  }

  private func section(_ user: String, _ title: String) throws -> String {
    let keys = try self.user(user)
    return """
      [\(title)]
      aws_access_key_id = \(keys.id)
      aws_secret_access_key = \(keys.secret)
      aws_session_token = \(keys.token ?? "")

      """
  }

  // MARK: Places

  @Test func aSessionTokenIsSentAndChecked() async throws {
    #expect(try await list("chain-session", store.environment("visitor")) == ["key"])
    var environment = store.environment("visitor")
    environment.variables["AWS_SESSION_TOKEN"] = "another"
    #expect(await failure { try await list("chain-session-2", environment) }?.status == 400)
  }

  @Test func aSecretThatIsWrongIsRefused() async throws {
    var environment = store.environment()
    environment.variables["AWS_SECRET_ACCESS_KEY"] = "wrong"
    let refusal = await failure { try await list("chain-wrong", environment) }
    #expect(refusal?.code == "SignatureDoesNotMatch")
  }

  @Test func profilesOfBothFilesAreFound() async throws {
    try write(
      try section("stranger", "default") + section("reader", "audit"), to: ".aws/credentials")
    try write(
      try "[default]\nregion = eu-west-1\n" + section("reader", "profile other"), to: ".aws/config")
    #expect(
      await failure { try await list("chain-default", surroundings()) }?.code == "AccessDenied")
    #expect(try await list("chain-audit", surroundings(["AWS_PROFILE": "audit"])) == ["key"])
    #expect(try await list("chain-other", surroundings(["AWS_PROFILE": "other"])) == ["key"])
    let nobody = surroundings(["AWS_PROFILE": "nobody"])
    #expect(await failure { try await list("chain-nobody", nobody) }?.place == "profile nobody")
  }

  @Test func anOptionGoesBeforeTheEnvironmentAndThatBeforeTheFiles() async throws {
    try write(section("reader", "audit"), to: "elsewhere")
    var environment = surroundings(["AWS_SHARED_CREDENTIALS_FILE": "~/elsewhere"])
    let stranger = try user("stranger")
    environment.variables["AWS_ACCESS_KEY_ID"] = stranger.id
    environment.variables["AWS_SECRET_ACCESS_KEY"] = stranger.secret
    environment.variables["AWS_PROFILE"] = "audit"
    #expect(await failure { try await list("chain-order", environment) }?.code == "AccessDenied")
    var options = S3Options()
    options.profile = "audit"
    #expect(try await list("chain-order-2", environment, options: options) == ["key"])
  }

  @Test func halfAPairAndNothingAtAllAreSaid() async throws {
    let half = surroundings(["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE"])
    #expect(await failure { try await list("chain-half", half) }?.place == "environment")
    #expect(await failure { try await list("chain-none", surroundings()) }?.place == "credentials")
  }

  @Test func withoutSigningNoCredentialsAreLookedFor() async throws {
    var options = S3Options()
    options.signsRequests = false
    // moto has no public buckets: the door itself answers.
    try store.plan(.init(match: "/chain-unsigned/?", kind: "403", times: 99))
    let refusal = await failure {
      try await list("chain-unsigned", surroundings(), options: options)
    }
    #expect(refusal?.code == "AccessDenied")
    let requests = try store.requests(holding: "/chain-unsigned/?")
    #expect(requests.count == 1 && requests.allSatisfy { $0.isSigned == nil })
  }

  // MARK: Roles

  @Test func aRoleIsTakenOnWithTheKeysOfAnotherProfile() async throws {
    try write(
      section("reader", "base") + """
        [default]
        role_arn = arn:aws:iam::123456789012:role/visitor
        source_profile = middle
        external_id = a&b=c
        [middle]
        role_arn = arn:aws:iam::123456789012:role/visitor
        source_profile = base
        duration_seconds = 900
        [circle]
        role_arn = arn:aws:iam::123456789012:role/visitor
        source_profile = round
        [round]
        role_arn = arn:aws:iam::123456789012:role/visitor
        source_profile = circle
        """, to: ".aws/credentials")
    #expect(try await list("role", surroundings()) == ["key"])
    let token = try store.requests(holding: "/role/?").map(\.isSigned)
    #expect(token == [false], "signed with keys that only STS and moto know")
    let circle = await failure {
      try await list("role-circle", surroundings(["AWS_PROFILE": "circle"]))
    }
    #expect(circle?.message == "its sources go in a circle")
  }

  @Test func aRoleIsTakenOnWithAWebIdentity() async throws {
    try write("a.signed.token\n", to: "token")
    let environment = surroundings([
      "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/visitor",
      "AWS_WEB_IDENTITY_TOKEN_FILE": home.path + "/token",
      "AWS_ENDPOINT_URL_STS": store.addresses.metadata,
    ])
    #expect(try await list("web-identity", environment) == ["key"])
  }

  @Test func aRoleThatMayNotBeTakenOnIsSaid() async throws {
    try write(
      section("stranger", "base") + """
        [default]
        role_arn = arn:aws:iam::123456789012:role/visitor
        source_profile = base
        """, to: ".aws/credentials")
    let refusal = await failure { try await list("role-refused", surroundings()) }
    #expect(refusal?.place == "arn:aws:iam::123456789012:role/visitor")
    #expect(refusal?.code == "AccessDenied")
  }

  // MARK: Processes

  private func document(_ keys: LoopbackStore.Keys, expiring: String = "2999-01-01T00:00:00Z")
    -> String
  {
    """
    {"Version": 1, "AccessKeyId": "\(keys.id)", "SecretAccessKey": "\(keys.secret)",
     "SessionToken": \(keys.token.map { "\"\($0)\"" } ?? "null"), "Expiration": "\(expiring)"}
    """
  }

  @Test func aCredentialProcessIsRunWithItsQuotedWords() async throws {
    try write(document(user("visitor")), to: "a file")
    try write("[default]\ncredential_process = cat \"\(home.path)/a file\"\n", to: ".aws/config")
    #expect(try await list("process", surroundings()) == ["key"])
  }

  @Test(arguments: [
    ("no-such-program", "there is no such program"),
    ("sh -c 'exit 3'", "it ended with status 3"),
    ("sh -c 'kill -9 $$'", "it ended by signal 9"),
    ("echo hello", "it printed no JSON object"),
    ("echo '{\"Version\":2}'", "its answer is not of Version 1"),
    ("echo '{\"Version\":1}'", "its answer lacks AccessKeyId or SecretAccessKey"),
    ("echo 'a", "its quotes do not close"),
  ])
  func aProcessThatGoesWrongIsSaid(command: String, reason: String) async throws {
    try write("[default]\ncredential_process = \(command)\n", to: ".aws/config")
    let found = await failure {
      let location = try #require(S3Location(parsing: "s3://process-failing"))
      let bucket = try S3Bucket(at: location, options: S3Options(), environment: surroundings())
      return try await bucket.objects(in: .everything).map(\.key)
    }
    #expect(found?.reason == reason)
  }

  /// The program prints other keys each time it is run, the first ones expired for the store.
  @Test func anExpiredTokenIsReplacedOnceForAllWorkers() async throws {
    try store.make(bucket: "expiring", objects: (0..<8).map { ("k\($0)", 10) })
    try write(document(user("reader")), to: "first")
    try write(document(user("visitor")), to: "second")
    let script = "cd '\(home.path)'; cat first; echo . >> runs; cp second first"
    try write("[default]\ncredential_process = sh -c \"\(script)\"\n", to: ".aws/config")
    let reader = try user("reader").id
    try store.plan(.init(match: "/expiring/k", kind: "expired", times: 99, user: reader))
    let location = try #require(S3Location(parsing: "s3://expiring"))
    let bucket = try S3Bucket(at: location, options: S3Options(), environment: surroundings())
    let read = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<4 {
        group.addTask {
          var connection = bucket.connection()
          var body: [UInt8] = []
          return (try? connection.read(key: "k\(index)", into: &body)) != nil
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(read == [true, true, true, true])
    let runs = try String(contentsOf: home.appendingPathComponent("runs"), encoding: .utf8)
    #expect(runs == ".\n.\n", "one run to begin with, one to renew")
  }

  /// What workers do that learn of the same expiry one after another.
  @Test func onlyTheFirstToLearnOfAnExpiryAsksAnew() throws {
    try write(document(user("reader")), to: "first")
    try write(document(user("visitor")), to: "second")
    let script = "cd '\(home.path)'; cat first; echo . >> runs; cp second first"
    try write("[default]\ncredential_process = sh -c \"\(script)\"\n", to: ".aws/config")
    let options = S3Options()
    let settings = try S3Settings(options: options, environment: surroundings())
    let session = S3Session(bucket: "any", settings: settings, options: options)
    var http = HTTPClient()
    func runs() throws -> Int {
      try String(contentsOf: home.appendingPathComponent("runs"), encoding: .utf8).count / 2
    }
    let first = try session.credentials(using: &http)
    #expect(try session.replace(first, using: &http) && runs() == 2)
    #expect(try session.replace(first, using: &http) && runs() == 2, "the new ones are there")
    let second = try session.credentials(using: &http)
    #expect(first != second)
    #expect(try !session.replace(second, using: &http) && runs() == 3, "there are no others")
  }

  @Test func credentialsAreRenewedBeforeTheyExpire() async throws {
    // Now is 2027-01-15T08:00:00Z: two minutes are left.
    try write(document(user("stranger"), expiring: "2027-01-15T08:02:00Z"), to: "first")
    try write(document(user("reader")), to: "second")
    let script = "cd '\(home.path)'; cat first; cp second first"
    try write("[default]\ncredential_process = sh -c \"\(script)\"\n", to: ".aws/config")
    try store.make(bucket: "renewed", objects: [("key", 10)])
    let location = try #require(S3Location(parsing: "s3://renewed"))
    let bucket = try S3Bucket(at: location, options: S3Options(), environment: surroundings())
    await #expect(throws: S3Failure.self) { try await bucket.objects(in: .everything) }
    #expect(try await bucket.objects(in: .everything).map(\.key) == ["key"])
  }

  // MARK: Metadata

  @Test func anInstanceGivesItsRole() async throws {
    let environment = surroundings([
      "AWS_EC2_METADATA_DISABLED": "false",
      "AWS_EC2_METADATA_SERVICE_ENDPOINT": store.addresses.metadata + "/",
    ])
    #expect(try await list("instance", environment) == ["key"])
  }

  @Test func aContainerGivesItsRole() async throws {
    let url = store.addresses.metadata + "/container"
    var environment = surroundings([
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": url,
      "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-token",
    ])
    #expect(try await list("container", environment) == ["key"])
    environment.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "wrong"
    #expect(
      await failure { try await list("container-2", environment) }?.place == "container credentials"
    )
    try write("container-token\n", to: "token")
    environment.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = home.path + "/token"
    #expect(try await list("container-3", environment) == ["key"])
  }
}
