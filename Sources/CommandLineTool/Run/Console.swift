// SPDX-License-Identifier: Apache-2.0
import Reports

/// Where the tool writes to and what it may assume of the reader.
struct Console: Sendable {
  /// What is known of a stream's reader.
  struct Reader: Sendable {
    var isTerminal = false
    /// Columns; 120 where no terminal says otherwise.
    var width = 120
  }

  var writeOutput: @Sendable ([UInt8]) -> Result<Void, SystemCalls.Failure>
  var writeError: @Sendable ([UInt8]) -> Void
  var output = Reader()
  var error = Reader()
  /// Whether the environment asks for no colours: `NO_COLOR` is set, or the terminal is dumb.
  var refusesColor = false

  /// The process's own streams.
  static var standard: Console {
    let noColor = SystemCalls.environment("NO_COLOR") ?? ""
    return Console(
      writeOutput: { SystemCalls.write($0, to: 1) },
      writeError: { _ = SystemCalls.write($0, to: 2) },
      output: reader(ofDescriptor: 1), error: reader(ofDescriptor: 2),
      refusesColor: !noColor.isEmpty || SystemCalls.environment("TERM") == "dumb")
  }

  /// Writes to standard output.
  func print(_ text: String) throws(RunError) {
    try print(Array(text.utf8))
  }

  /// Writes to standard output; a reader that is gone is told apart from a full disk.
  func print(_ bytes: [UInt8]) throws(RunError) {
    if case .failure(let failure) = writeOutput(bytes) {
      guard !failure.isBrokenPipe else { throw .brokenPipe }
      throw .cannotWrite(path: "-", reason: failure.reason)
    }
  }

  /// Writes one line to standard error.
  func complain(_ line: String) {
    writeError(Array("trail-insights: \(line)\n".utf8))
  }

  func usesColor(_ when: Manners.When) -> Bool {
    switch when {
    case .always: true
    case .never: false
    case .auto: output.isTerminal && !refusesColor
    }
  }

  private static func reader(ofDescriptor descriptor: Int32) -> Reader {
    guard SystemCalls.isTerminal(descriptor) else { return Reader() }
    let columns = SystemCalls.environment("COLUMNS").flatMap { Int($0) } ?? 80
    return Reader(isTerminal: true, width: SystemCalls.terminalWidth(descriptor) ?? columns)
  }
}
