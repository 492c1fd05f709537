// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// Where a stream's records go, one after another, each as soon as it is known.
///
/// A file holds each record once: what stands behind the length that the state knows of was written
/// before a kill that came ahead of the commit, and is cut off.
struct StreamOutput {
  private let path: String
  private let console: Console
  /// The descriptor of a file; `nil` for standard output.
  private let descriptor: Int32?
  /// Bytes of the file; `nil` where it is none.
  private(set) var length: Int?

  /// Opens the output behind the bytes of it that a state knows of.
  init(_ path: String, committed: Int, console: Console) throws(RunError) {
    self.path = path
    self.console = console
    guard path != "-" else {
      descriptor = nil
      return
    }
    if case .device = try OutputTarget(path) {
      descriptor = try OutputTarget.check(SystemCalls.open(path), path)
      return
    }
    let there = SystemCalls.length(ofPath: path) ?? 0
    guard there >= committed else {
      throw .cannotWrite(
        path: path,
        reason: "it has \(there) bytes, and the state knows of \(committed): a record is missing")
    }
    descriptor = try OutputTarget.check(SystemCalls.open(path, keeping: committed), path)
    length = committed
  }

  /// Writes records, and waits until they are on the disk.
  mutating func write(_ bytes: [UInt8]) throws(RunError) {
    guard !bytes.isEmpty else { return }
    guard let descriptor else { return try console.print(bytes) }
    try OutputTarget.check(SystemCalls.write(bytes, to: descriptor), path)
    try OutputTarget.check(SystemCalls.sync(descriptor), path)
    length = length.map { $0 + bytes.count }
  }

  func close() throws(RunError) {
    if let descriptor { try OutputTarget.check(SystemCalls.close(descriptor), path) }
  }
}
