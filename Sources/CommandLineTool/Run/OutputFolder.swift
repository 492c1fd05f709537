// SPDX-License-Identifier: Apache-2.0

/// A folder that takes the files of a generated trail.
///
/// It must be new or empty: two trails in one folder would be one trail with wrong labels.
struct OutputFolder {
  private let path: String
  private var made: Set<String> = []
  /// Files that `append` has begun.
  private var begun: Set<String> = []

  /// Creates the folder, and those above it, if it is not there.
  init(_ path: String) throws(RunError) {
    self.path = path
    try make(path)
    guard SystemCalls.isEmptyFolder(path) else { throw .folderInUse(path) }
    try Self.check(SystemCalls.isWritable(path), path)
  }

  /// Writes a file at a path below the folder.
  mutating func write(_ bytes: [UInt8], to relativePath: String) throws(RunError) {
    let file = path + "/" + relativePath
    try make(folder(of: file))
    try Self.check(Self.write(bytes, toNewFile: file), file)
  }

  /// Adds to the end of a file below the folder, which begins empty.
  mutating func append(_ bytes: [UInt8], to relativePath: String) throws(RunError) {
    guard !begun.insert(relativePath).inserted else {
      return try write(bytes, to: relativePath)
    }
    let file = path + "/" + relativePath
    let result = SystemCalls.openForAppending(file).flatMap { descriptor in
      let written = SystemCalls.write(bytes, to: descriptor)
      let closed = SystemCalls.close(descriptor)
      return written.flatMap { closed }
    }
    try Self.check(result, file)
  }

  private mutating func make(_ folderPath: String) throws(RunError) {
    guard !made.contains(folderPath) else { return }
    if SystemCalls.kind(ofPath: folderPath) == .missing {
      let parent = folder(of: folderPath)
      if parent != folderPath { try make(parent) }
      try Self.check(SystemCalls.makeFolder(folderPath), folderPath)
    }
    guard SystemCalls.kind(ofPath: folderPath) == .folder else {
      throw .cannotWrite(path: folderPath, reason: "it is not a folder")
    }
    made.insert(folderPath)
  }

  private static func write(
    _ bytes: [UInt8], toNewFile path: String
  ) -> Result<Void, SystemCalls.Failure> {
    SystemCalls.create(path, permissions: 0o666).flatMap { descriptor in
      let written = SystemCalls.write(bytes, to: descriptor)
      let closed = SystemCalls.close(descriptor)
      return written.flatMap { closed }
    }
  }

  private static func check(
    _ result: Result<Void, SystemCalls.Failure>, _ path: String
  ) throws(RunError) {
    guard case .failure(let failure) = result else { return }
    throw .cannotWrite(path: path, reason: failure.reason)
  }
}
