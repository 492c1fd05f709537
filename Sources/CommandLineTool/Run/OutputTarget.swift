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
    switch self {
    case .standardOutput: try console.print(bytes)
    case .device(let path): try Self.check(Self.write(bytes, toDevice: path), path)
    case .file(let path): try Self.check(Self.write(bytes, toFile: path), path)
    }
  }

  private static func check(
    _ result: Result<Void, SystemCalls.Failure>, _ path: String
  ) throws(RunError) {
    guard case .failure(let failure) = result else { return }
    throw failure.isBrokenPipe ? .brokenPipe : .cannotWrite(path: path, reason: failure.reason)
  }

  private static func write(
    _ bytes: [UInt8], toDevice path: String
  ) -> Result<Void, SystemCalls.Failure> {
    SystemCalls.open(path).flatMap { descriptor in
      let written = SystemCalls.write(bytes, to: descriptor)
      let closed = SystemCalls.close(descriptor)
      return written.flatMap { closed }
    }
  }

  private static func write(
    _ bytes: [UInt8], toFile path: String
  ) -> Result<Void, SystemCalls.Failure> {
    let aside = "\(folder(of: path))/.\(name(of: path)).\(SystemCalls.processID).part"
    // A process that was killed and had the same number may have left one.
    SystemCalls.remove(aside)
    // Who could not read the old file shall not read the new one.
    let permissions = SystemCalls.permissions(ofPath: path) ?? 0o666
    let created = SystemCalls.create(aside, permissions: permissions)
    let result = created.flatMap { descriptor in
      let written = SystemCalls.write(bytes, to: descriptor)
        .flatMap { SystemCalls.sync(descriptor) }
      let closed = SystemCalls.close(descriptor)
      return written.flatMap { closed }
    }.flatMap { SystemCalls.rename(aside, to: path) }
    if case .failure = result { SystemCalls.remove(aside) }
    return result
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
