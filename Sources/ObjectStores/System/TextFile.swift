// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Small files of settings, read whole.
enum TextFile {
  /// No file of settings is larger; a larger one is something else.
  static let maximumBytes = 16 << 20

  /// Returns a file's bytes; `nil` where there is none that may be read.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor)
  }

  /// Reads until the end; `nil` where reading fails or does not end within reason.
  static func readAll(_ descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(descriptor, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0, bytes.count + count <= maximumBytes else { return nil }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }
}
