// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A program that is run for what it writes to standard output.
struct ChildProcess {
  /// What became of a run.
  enum Outcome: Hashable {
    case output([UInt8])
    /// It is not there or may not be run; the clause says why.
    case notStarted(String)
    /// It ended with a status other than 0, or by a signal.
    case failed(String)
  }

  /// The program and its arguments; the program is looked for in `PATH` unless it has a slash.
  let words: [String]
  let environment: [String: String]

  /// Runs the program to its end; its standard error and input are those of this process, for it
  /// may have to ask the user something.
  func run() -> Outcome {
    var ends: [Int32] = [0, 0]
    guard let program = words.first, unsafe pipe(&ends) == 0 else {
      return .notStarted("no pipe")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let started = start(program, writingTo: ends[1])
    close(ends[1])
    defer { close(ends[0]) }
    switch started {
    case .failure(let failure): return .notStarted(failure.reason)
    case .success(let child):
      let output = TextFile.readAll(ends[0])
      let status = Self.wait(for: child)
      guard status == 0 else { return .failed(Self.explain(status)) }
      return output.map(Outcome.output) ?? .failed("it wrote too much")
    }
  }

  private struct StartFailure: Error { let reason: String }

  private func start(_ program: String, writingTo end: Int32) -> Result<pid_t, StartFailure> {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO)
    var child: pid_t = 0
    let settings = environment.map { $0.key + "=" + $0.value }.sorted()
    let status = unsafe Self.withStrings(words) { arguments in
      unsafe Self.withStrings(settings) { variables in
        unsafe posix_spawnp(&child, program, &actions, nil, arguments, variables)
      }
    }
    guard status == 0 else { return .failure(StartFailure(reason: Self.words(ofError: status))) }
    return .success(child)
  }

  /// Lends texts to C as an array that ends in a null pointer.
  private static func withStrings(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let copies = unsafe texts.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe body(copies + [nil])
  }

  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status
  }

  private static func explain(_ status: Int32) -> String {
    let signal = status & 0x7f
    return signal == 0
      ? "it ended with status \(status >> 8 & 0xff)" : "it ended by signal \(signal)"
  }

  private static func words(ofError error: Int32) -> String {
    switch error {
    case ENOENT: "there is no such program"
    case EACCES: "it may not be run"
    default: "error \(error)"
    }
  }
}
