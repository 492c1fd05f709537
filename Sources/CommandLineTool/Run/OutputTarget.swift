// SPDX-License-Identifier: Apache-2.0

/// Where a report goes: standard output, a file that appears whole or not at all, or a device.
enum OutputTarget: Equatable {
  case standardOutput
  /// A file, written aside in the same folder and then renamed.
  case file(String)
  /// What is there and is no file, such as `/dev/stderr` or a named pipe: written to as it is.
  case device(String)

  /// Checks, before any work, that a report can be written.
  init(_ path: String) throws(RunError) {
    guard path != "-" else {
      self = .standardOutput
      return
    }
    switch SystemCalls.kind(ofPath: path) {
    case .folder: throw .cannotWrite(path: path, reason: "it is a folder")
    case .other:
      // Not resolved: what `/dev/stdout` links to may be a pipe, which has no path.
      try Self.check(SystemCalls.isWritable(path), path)
      self = .device(path)
    case .regularFile:
      // A link stays a link; the file that it stands for is replaced.
      let file = SystemCalls.resolved(path) ?? path
      try Self.check(SystemCalls.isWritable(file), path)
      try Self.check(SystemCalls.isWritable(folder(of: file)), path)
      self = .file(file)
    case .missing:
      try Self.check(SystemCalls.isWritable(folder(of: path)), path)
      self = .file(path)
    }
  }

  func write(_ bytes: [UInt8], console: Console) throws(RunError) {
    try write(console: console) { sink throws(RunError) in try sink(bytes) }
  }

  /// Takes the next bytes of a report.
  typealias Sink = ([UInt8]) throws(RunError) -> Void

  /// Writes a report piece by piece: a failure leaves a file as it was.
  func write(console: Console, pieces: (Sink) throws(RunError) -> Void) throws(RunError) {
    switch self {
    case .standardOutput: try pieces { bytes throws(RunError) in try console.print(bytes) }
    case .device(let path):
      let descriptor = try Self.check(SystemCalls.open(path), path)
      try Self.write(pieces, to: descriptor, path)
    case .file(let path):
      let aside = "\(folder(of: path))/.\(name(of: path)).\(SystemCalls.processID).part"
      // A process that was killed and had the same number may have left one.
      SystemCalls.remove(aside)
      // Who could not read the old file shall not read the new one.
      let permissions = SystemCalls.permissions(ofPath: path) ?? 0o666
      do throws(RunError) {
        let descriptor = try Self.check(
          SystemCalls.create(aside, permissions: permissions), path)
        try Self.write(pieces, to: descriptor, path, syncs: true)
        try Self.check(SystemCalls.rename(aside, to: path), path)
      } catch {
        SystemCalls.remove(aside)
        throw error
      }
    }
  }

  /// Writes all pieces and closes the descriptor, whatever happens.
  private static func write(
    _ pieces: (Sink) throws(RunError) -> Void, to descriptor: Int32, _ path: String,
    syncs: Bool = false
  ) throws(RunError) {
    do throws(RunError) {
      try pieces { bytes throws(RunError) in
        try check(SystemCalls.write(bytes, to: descriptor), path)
      }
      if syncs { try check(SystemCalls.sync(descriptor), path) }
    } catch {
      _ = SystemCalls.close(descriptor)
      throw error
    }
    try check(SystemCalls.close(descriptor), path)
  }

  /// Returns what a call gave, or says why an output could not be written.
  @discardableResult
  static func check<Value>(
    _ result: Result<Value, SystemCalls.Failure>, _ path: String
  ) throws(RunError) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let failure):
      throw failure.isBrokenPipe ? .brokenPipe : .cannotWrite(path: path, reason: failure.reason)
    }
  }
}

/// Returns the folder that a path lies in.
func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func name(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
}
