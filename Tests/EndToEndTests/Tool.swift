// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built `trail-insights`, run as a user runs it.
///
///     let run = try Tool.run(["detect", folder.path, "--csv", "-"])
///     #expect(run.status == 0)
enum Tool {
  /// What a run left behind.
  struct Run {
    let status: Int32
    let out: String
    let err: String
    /// The lines of standard error.
    var complaints: [String] { err.split(separator: "\n").map(String.init) }
  }

  /// The binary beside the test bundle: the same build, whatever its configuration.
  static var path: String {
    get throws {
      let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(fileURLWithPath: bundle).deletingLastPathComponent()
        .appendingPathComponent("trail-insights").path
    }
  }

  /// Runs the tool in a folder (a fresh one if none is given), with bytes on standard input.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder? = nil, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Run {
    try start(try path, arguments, in: folder, input: input, environment: environment)
  }

  /// Runs a line of shell in which `$TOOL` is the binary.
  static func shell(_ script: String, in folder: TemporaryFolder? = nil) throws -> Run {
    try start("/bin/bash", ["-c", script], in: folder, input: [], environment: [:])
  }

  private static func start(
    _ executable: String, _ arguments: [String], in given: TemporaryFolder?, input: [UInt8],
    environment: [String: String]
  ) throws -> Run {
    let folder = try given ?? TemporaryFolder()
    // Streams are files: a pipe that nobody reads would stop a talkative run.
    let streams = try TemporaryFolder()
    try streams.write(input, to: "in")
    try streams.write([], to: "out")
    try streams.write([], to: "err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let usual = ["PATH": "/usr/bin:/bin", "TOOL": try path, "LC_ALL": "C.UTF-8"]
    process.environment = usual.merging(environment) { $1 }
    process.standardInput = FileHandle(forReadingAtPath: streams.path + "/in")
    process.standardOutput = FileHandle(forWritingAtPath: streams.path + "/out")
    process.standardError = FileHandle(forWritingAtPath: streams.path + "/err")
    try process.run()
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -1
    return Run(status: status, out: try streams.text("out"), err: try streams.text("err"))
  }
}

/// A folder that is there as long as the value that holds it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("trail-insights-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The names of what lies in it, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Writes a file, and the folders above it.
  func write(_ bytes: [UInt8], to name: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
  }
}
