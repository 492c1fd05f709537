// SPDX-License-Identifier: Apache-2.0
import CMalloc
import Glibc
import Synchronization
import Vocabulary

private let stopRequested = Atomic(false)

/// The calls into the C library that the tool needs, each as one Swift function.
///
/// Why one file: paths cross into C as pointers, so strict memory safety wants `unsafe` here;
/// nowhere else in this module does the word occur. Every function returns its outcome as a
/// value, for the caller alone knows what a failure means.
enum SystemCalls {
  /// A failure as the C library names it, such as `No such file or directory`.
  struct Failure: Error, Equatable {
    let code: Int32
    var isBrokenPipe: Bool { code == EPIPE }
    var reason: String { unsafe String(cString: strerror(code)) }
    static var last: Failure { Failure(code: errno) }
  }

  /// What a path leads to.
  enum PathKind {
    case missing, folder, regularFile, other
  }

  static func kind(ofPath path: String) -> PathKind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .missing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .regularFile
    default: return .other
    }
  }

  static func isWritable(_ path: String) -> Result<Void, Failure> {
    unsafe access(path, W_OK) == 0 ? .success(()) : .failure(.last)
  }

  /// Opens what is there for writing.
  static func open(_ path: String) -> Result<Int32, Failure> {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC)
    return descriptor >= 0 ? .success(descriptor) : .failure(.last)
  }

  /// Opens what is there for writing at its end.
  static func openForAppending(_ path: String) -> Result<Int32, Failure> {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | O_APPEND)
    return descriptor >= 0 ? .success(descriptor) : .failure(.last)
  }

  /// Makes a file that must not be there yet; the process's mask takes permissions away.
  static func create(_ path: String, permissions: mode_t) -> Result<Int32, Failure> {
    let flags = O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL
    let descriptor = unsafe Glibc.open(path, flags, permissions)
    return descriptor >= 0 ? .success(descriptor) : .failure(.last)
  }

  /// Who may do what with a file; `nil` where there is none.
  static func permissions(ofPath path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  /// Opens a file for writing behind its first bytes, and cuts off what lies there; makes it where
  /// it is missing.
  static func open(_ path: String, keeping length: Int) -> Result<Int32, Failure> {
    let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CLOEXEC | O_CREAT, mode_t(0o666))
    guard descriptor >= 0 else { return .failure(.last) }
    guard ftruncate(descriptor, length) == 0, lseek(descriptor, length, SEEK_SET) >= 0 else {
      let failure = Failure.last
      _ = Glibc.close(descriptor)
      return .failure(failure)
    }
    return .success(descriptor)
  }

  /// The length of a file; `nil` where there is none.
  static func length(ofPath path: String) -> Int? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Writes all bytes, however many calls that takes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Result<Void, Failure> {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno != EINTR { return .failure(.last) }
        done += max(0, count)
      }
      return .success(())
    }
  }

  /// Waits until the bytes are on the disk; what cannot be synced, such as a pipe, is no failure.
  static func sync(_ descriptor: Int32) -> Result<Void, Failure> {
    fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? .success(()) : .failure(.last)
  }

  static func close(_ descriptor: Int32) -> Result<Void, Failure> {
    Glibc.close(descriptor) == 0 ? .success(()) : .failure(.last)
  }

  static func rename(_ source: String, to target: String) -> Result<Void, Failure> {
    unsafe Glibc.rename(source, target) == 0 ? .success(()) : .failure(.last)
  }

  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  static func makeFolder(_ path: String) -> Result<Void, Failure> {
    unsafe mkdir(path, 0o777) == 0 ? .success(()) : .failure(.last)
  }

  /// Whether a folder holds nothing; a folder that cannot be read counts as one that does.
  static func isEmptyFolder(_ path: String) -> Bool {
    guard let folder = unsafe opendir(path) else { return false }
    defer { _ = unsafe closedir(folder) }
    // `.` and `..` are always there.
    for _ in 0..<2 { _ = unsafe readdir(folder) }
    return unsafe readdir(folder) == nil
  }

  /// Follows symbolic links to what they stand for; `nil` where there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  static func read(_ path: String) -> Result<[UInt8], Failure> {
    let descriptor = path == "-" ? 0 : unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(.last) }
    defer { if path != "-" { _ = Glibc.close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failure(.last) }
      guard count > 0 else { return .success(bytes) }
      bytes += chunk[..<count]
    }
  }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Columns of the terminal behind a descriptor; `nil` where there is none that tells.
  static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// The time of day, for credentials that expire.
  static var now: Timestamp { Timestamp(secondsSinceEpoch: time(nil)) }

  /// Seconds of a clock that is never set back.
  static var uptime: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Lets blocks of half a megabyte and more go back to the system as soon as they are free.
  ///
  /// Why: the allocator keeps ever larger ones once it has seen one freed, and a table that grows by
  /// doubling leaves its former rooms behind, until midnight as much as it takes itself.
  static func returnLargeBlocks() { _ = mallopt(M_MMAP_THRESHOLD, 1 << 19) }

  /// Gives memory that is free, and may lie between what is not, back to the system.
  static func releaseFreeMemory() { _ = malloc_trim(0) }

  static var processID: Int32 { getpid() }

  static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Whether the process was asked to stop, once `catchStopSignals()` was called.
  static var isStopping: Bool { stopRequested.load(ordering: .relaxed) }

  /// Lets SIGTERM and SIGINT ask for an orderly end; a second one ends at once.
  ///
  /// They are let through even where the parent blocked them, as threads of some programs do.
  static func catchStopSignals() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] { unsafe sigaddset(&signals, number) }
    defer { _ = unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
    for number in [SIGTERM, SIGINT] {
      _ = signal(number) { caught in
        stopRequested.store(true, ordering: .relaxed)
        _ = signal(caught, SIG_DFL)
      }
    }
  }

  /// A reader that closes the pipe shall be seen as a failed write, not end the process.
  static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
