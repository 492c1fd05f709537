// SPDX-License-Identifier: Apache-2.0
import Reports

/// `score`: the model alone on plain series, each file on its own.
struct ScoreCommand {
  let plan: ScorePlan
  let console: Console

  func run() throws(RunError) -> ExitCode {
    let target = try OutputTarget(plan.csv)
    var sink = ScoreSink(target: target, console: console)
    var complaints: [String] = []
    var hasRead = false
    var refused: RunError?
    for path in plan.paths {
      switch SystemCalls.read(path) {
      case .failure(let failure):
        refused = refused ?? .cannotRead(path: path, reason: failure.reason)
        complaints.append("\(name(path)): \(failure.reason)")
      case .success(let bytes):
        hasRead = true
        complaints += try score(bytes, name: name(path), &sink)
      }
    }
    if !hasRead, let refused { throw refused }
    try sink.finish()
    if !plan.isQuiet { for line in complaints { console.complain(line) } }
    return complaints.isEmpty ? .success : .damagedInput
  }

  private func score(
    _ bytes: [UInt8], name: String, _ sink: inout ScoreSink
  ) throws(RunError) -> [String] {
    guard !bytes.isEmpty else { return ["\(name): it is empty"] }
    var file = SeriesFile(bytes)
    try file.score(into: &sink)
    guard !file.lacksColumns else {
      return ["\(name): line 1: no columns named timestamp and value"]
    }
    return file.faults.lines(file: name)
  }

  private func name(_ path: String) -> String {
    path == "-" ? "standard input" : escapingControls(path)
  }
}

/// Where the rows go: standard output as they come, a file when it is whole.
struct ScoreSink {
  let target: OutputTarget
  let console: Console
  var table = ScoreTable()
  private var bytes: [UInt8] = []

  init(target: OutputTarget, console: Console) {
    self.target = target
    self.console = console
  }

  /// Takes what the table has gathered.
  mutating func flush() throws(RunError) {
    if target == .standardOutput {
      try console.print(table.takeBytes())
    } else {
      bytes += table.takeBytes()
    }
  }

  mutating func finish() throws(RunError) {
    try flush()
    if target != .standardOutput { try target.write(bytes, console: console) }
  }
}
