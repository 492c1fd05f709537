// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import Testing
import Vocabulary

@testable import ObjectStores

/// A real S3 API on loopback, for the whole test run: moto behind a door that fails on demand.
final class LoopbackStore: Sendable {
  struct Addresses: Decodable {
    /// moto itself.
    let store: String
    /// The way in that fails on demand and checks signatures once more.
    let door: String
    /// The same over TLS, with a certificate that only `authorities` knows.
    let secureDoor: String
    let authorities: String
    let metadata: String
    let users: [String: Keys]
  }

  struct Keys: Decodable {
    let id: String
    let secret: String
    let token: String?
  }

  /// A request as the door saw it.
  struct Request: Decodable {
    let path: String
    let port: Int
    /// `nil`: it carried no signature.
    let isSigned: Bool?
    /// The Region it was signed for.
    let region: String?
  }

  /// What the door does to the next requests whose path holds a text.
  struct FaultPlan: Encodable {
    let match: String
    let kind: String
    var times = 1
    var seconds = 0.0
    var region = ""
    /// Only requests signed with this access key ID; empty for all.
    var user = ""
  }

  let addresses: Addresses
  private let talk: Mutex<(input: FileHandle, output: FileHandle)>
  /// Kept, so that the process lives as long as the tests do.
  private let process: Process

  /// One for all tests; a start that fails is told by each.
  static let shared = Result { try LoopbackStore() }

  /// Whether the tests may run: they are left out only where the environment says so.
  static let isWanted: Bool = {
    let skip = ProcessInfo.processInfo.environment["TRAIL_INSIGHTS_SKIP_MOTO"] != nil
    guard skip, !FileManager.default.fileExists(atPath: python) else { return true }
    print("skipped: the S3 tests; Scripts/moto-setup was not run")
    return false
  }()

  private static let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../Loopback").standardized
  private static let python = folder.appendingPathComponent("../../.venv/moto/bin/python").path

  private init() throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = ["-B", Self.folder.appendingPathComponent("loopback.py").path]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let first = try Self.readLine(output.fileHandleForReading)
    addresses = try JSONDecoder().decode(Addresses.self, from: first)
    talk = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
  }

  // MARK: Commands

  /// Makes a bucket with objects of given sizes, whose bytes their keys decide.
  func make(bucket: String, objects: [(key: String, size: Int)]) throws {
    struct Entry: Encodable {
      let key: String
      let size: Int
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(key)
        try list.encode(size)
      }
    }
    struct Command: Encodable {
      let bucket: String
      let objects: [Entry]
    }
    let entries = objects.map { Entry(key: $0.key, size: $0.size) }
    _ = try say(Command(bucket: bucket, objects: entries))
  }

  func plan(_ faults: FaultPlan...) throws {
    _ = try say(["faults": faults])
  }

  func requests(holding text: String) throws -> [Request] {
    try JSONDecoder().decode([Request].self, from: say(["requests": text]))
  }

  /// The bytes that `make(bucket:objects:)` gives an object.
  static func content(ofKey key: String, size: Int) -> [UInt8] {
    let seed = Array(key.utf8)
    return (0..<size).map { seed[$0 % seed.count] }
  }

  private func say(_ command: some Encodable) throws -> Data {
    let line = try JSONEncoder().encode(command) + Data([UInt8(ascii: "\n")])
    return try talk.withLock { ends in
      try ends.input.write(contentsOf: line)
      return try Self.readLine(ends.output)
    }
  }

  private static func readLine(_ output: FileHandle) throws -> Data {
    var line = Data()
    while let byte = try output.read(upToCount: 1), let value = byte.first {
      if value == UInt8(ascii: "\n") { return line }
      line.append(value)
    }
    throw CocoaError(.fileReadUnknown)
  }
}

extension LoopbackStore {
  /// The surroundings of a run as one of the users.
  func environment(_ user: String = "reader") -> S3Environment {
    var variables = ["AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": addresses.door]
    if let keys = addresses.users[user] {
      variables["AWS_ACCESS_KEY_ID"] = keys.id
      variables["AWS_SECRET_ACCESS_KEY"] = keys.secret
      variables["AWS_SESSION_TOKEN"] = keys.token
    }
    return S3Environment(variables: variables, homeFolder: "/nonexistent") {
      Timestamp(secondsSinceEpoch: 1_800_000_000)
    }
  }

  /// A bucket as one of the users sees it, with pauses short enough for tests.
  func bucket(_ text: String, as user: String = "reader") throws -> S3Bucket {
    var options = S3Options()
    options.firstPauseMilliseconds = 20
    options.stallSeconds = 2
    let location = try #require(S3Location(parsing: text))
    return try S3Bucket(at: location, options: options, environment: environment(user))
  }
}
