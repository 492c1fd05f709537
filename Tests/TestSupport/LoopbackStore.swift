// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// A real S3 API on loopback, for the whole test run: moto behind a door that fails on demand.
public final class LoopbackStore: Sendable {
  /// Where the parts of it listen, and who may read.
  public struct Addresses: Decodable, Sendable {
    /// moto itself.
    public let store: String
    /// The way in that fails on demand and checks signatures once more.
    public let door: String
    /// The same over TLS, with a certificate that only `authorities` knows.
    public let secureDoor: String
    /// The file of authorities that vouches for the secure door.
    public let authorities: String
    /// The metadata service of an instance and of a container.
    public let metadata: String
    /// The users' keys by name.
    public let users: [String: Keys]
  }

  /// The keys of a user.
  public struct Keys: Decodable, Sendable {
    /// The access key ID.
    public let id: String
    /// The secret access key.
    public let secret: String
    /// The session token of temporary keys.
    public let token: String?
  }

  /// A request as the door saw it.
  public struct Request: Decodable, Sendable {
    /// What was asked for.
    public let path: String
    /// The port that the request came from.
    public let port: Int
    /// `nil`: it carried no signature.
    public let isSigned: Bool?
    /// The Region it was signed for.
    public let region: String?
  }

  /// What the door does to the next requests whose path holds a text.
  public struct FaultPlan: Encodable, Sendable {
    let match: String
    let kind: String
    let times: Int
    let seconds: Double
    let region: String
    let user: String

    /// Plans a fault; only for requests signed with an access key ID where `user` names one.
    public init(
      match: String, kind: String, times: Int = 1, seconds: Double = 0, region: String = "",
      user: String = ""
    ) {
      self.match = match
      self.kind = kind
      self.times = times
      self.seconds = seconds
      self.region = region
      self.user = user
    }
  }

  /// Where the parts of it listen.
  public let addresses: Addresses
  private let talk: Mutex<(input: FileHandle, output: FileHandle)>
  /// Kept, so that the process lives as long as the tests do.
  private let process: Process

  /// One for all tests, so each makes buckets of its own; a start that fails is told by each.
  public static let shared = Result { try LoopbackStore() }

  /// Whether the tests may run: they are left out only where the environment says so.
  public static let isWanted: Bool = {
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
  public func make(bucket: String, objects: [(key: String, size: Int)]) throws {
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

  /// Lets requests to come fail, beside what was planned before.
  public func plan(_ faults: FaultPlan...) throws {
    _ = try say(["faults": faults])
  }

  /// Returns the requests so far whose path holds a text.
  public func requests(holding text: String) throws -> [Request] {
    try JSONDecoder().decode([Request].self, from: say(["requests": text]))
  }

  /// The bytes that `make(bucket:objects:)` gives an object.
  public static func content(ofKey key: String, size: Int) -> [UInt8] {
    let seed = Array(key.utf8)
    return (0..<size).map { seed[$0 % seed.count] }
  }

  /// Makes a bucket whose objects, by key, have the bytes of files.
  public func make(bucket: String, files: [String: String]) throws {
    struct Command: Encodable {
      let files: String
      let paths: [String: String]
    }
    _ = try say(Command(files: bucket, paths: files))
  }

  /// What a tool finds around it as one of the users.
  public func variables(_ user: String = "reader") -> [String: String] {
    var variables = ["AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": addresses.door]
    if let keys = addresses.users[user] {
      variables["AWS_ACCESS_KEY_ID"] = keys.id
      variables["AWS_SECRET_ACCESS_KEY"] = keys.secret
      variables["AWS_SESSION_TOKEN"] = keys.token
    }
    return variables
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
