// SPDX-License-Identifier: Apache-2.0
internal import Bytes
internal import Glibc

/// The few questions to the file system, as values: the only file here that calls Glibc.
enum FileSystem {
  /// Why the system refused, in its own words.
  struct Refusal: Error {
    let code: Int32

    var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    var reason: String { unsafe String(cString: strerror(code)) }
  }

  struct Status {
    let isFolder: Bool
    let size: Int
    /// When the content changed last, in nanoseconds since 1970.
    let changed: Int
  }

  /// What lies at a path; links are followed.
  static func status(_ path: String) throws(Refusal) -> Status { try status(path, in: AT_FDCWD) }

  private static func status(_ name: String, in folder: Int32) throws(Refusal) -> Status {
    var information = stat()
    guard unsafe fstatat(folder, name, &information, 0) == 0 else { throw Refusal(code: errno) }
    return Status(
      isFolder: information.st_mode & S_IFMT == S_IFDIR, size: Int(information.st_size),
      changed: information.st_mtim.tv_sec * 1_000_000_000 + information.st_mtim.tv_nsec)
  }

  static func isLink(_ path: String) -> Bool {
    var information = stat()
    return unsafe lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFLNK
  }

  /// What lies in a folder and is not hidden, in any order.
  ///
  /// Each is looked at from the open folder, so that the system does not walk the whole path again.
  static func entries(
    of folder: String
  ) throws(Refusal) -> [(name: String, status: Result<Status, Refusal>)] {
    guard let handle = unsafe opendir(folder) else { throw Refusal(code: errno) }
    defer { unsafe closedir(handle) }
    let descriptor = unsafe dirfd(handle)
    var entries: [(name: String, status: Result<Status, Refusal>)] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      entries.append((name, Result { () throws(Refusal) in try status(name, in: descriptor) }))
    }
    return entries
  }

  /// An open file, closed when it goes.
  struct Handle: ~Copyable {
    private let descriptor: Int32

    /// Opens a file for reading; `-` is standard input.
    init(_ path: String) throws(Refusal) {
      descriptor = unsafe path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Refusal(code: errno) }
    }

    deinit { close(descriptor) }

    /// Gives a pipe more room, so that its two ends wake each other less often; nothing else changes.
    func widenPipe(to byteCount: Int32) {
      let setsPipeSize: Int32 = 1031  // F_SETPIPE_SZ, which Glibc leaves to those who ask for GNU's
      _ = fcntl(descriptor, setsPipeSize, byteCount)
    }

    /// Waits until there is something to read, or the end; `false` where there is nothing in time, or
    /// a signal came.
    func isReady(within milliseconds: Int) throws(Refusal) -> Bool {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = unsafe poll(&waiting, 1, Int32(clamping: milliseconds))
      guard count >= 0 || errno == EINTR else { throw Refusal(code: errno) }
      return count > 0
    }

    /// Appends up to `room` bytes as soon as some are there; returns how many, 0 at the end.
    func read(into buffer: inout PaddedBuffer, room: Int) throws(Refusal) -> Int {
      var result = 0
      var code: Int32 = 0
      unsafe buffer.append(room: room) { free in
        repeat {
          result = unsafe Glibc.read(descriptor, free.baseAddress, free.count)
          code = errno
        } while result < 0 && code == EINTR
        return max(result, 0)
      }
      guard result >= 0 else { throw Refusal(code: code) }
      return result
    }
  }
}
