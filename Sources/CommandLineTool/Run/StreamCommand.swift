// SPDX-License-Identifier: Apache-2.0
import Engine
import Insights
import Reports
import Store
import Trails
import Vocabulary

/// `stream`: events in on standard input, insights out as they start and end.
struct StreamCommand {
  let plan: StreamPlan
  let console: Console

  /// Seconds to read on before the engine judges again while input keeps coming, by the seconds that
  /// it took last time.
  ///
  /// Judging takes a tenth of the time then, however many series there are, and what began is told
  /// within some seconds all the same.
  static func pause(afterSeconds seconds: Double) -> Double { min(10, max(1, 9 * seconds)) }

  /// The same where input stops for a moment: a lone event is judged at once, and a writer that is
  /// slower than the stream does not make it judge all the time.
  static func shortPause(afterSeconds seconds: Double) -> Double { min(10, 3 * seconds) }

  /// The same where the engine asks for it: a stream that catches up must not hold many days.
  static let pauseWhenDue = 0.1

  /// Seconds between two times that the metrics are written.
  private static let metricsSeconds = 10.0
  /// Seconds between two times that free memory is given back, but for the ends of days.
  private static let releaseSeconds = 2.0
  /// How long a wait lasts at most, so that a signal is seen.
  fileprivate static let waitMilliseconds = 200

  func run() throws(RunError) -> ExitCode {
    let coverage = try plan.coverage.map { path throws(RunError) in try OutputTarget(path) }
    let metrics = try plan.metrics.map { path throws(RunError) in try OutputTarget(path) }
    let options = try StreamOptions(plan)
    let state = try plan.state.map { path throws(RunError) in
      try Self.stated { () throws(StateFailure) in try StateFile(path: path) }
    }
    SystemCalls.catchStopSignals()
    SystemCalls.returnLargeBlocks()
    var engine = try Self.stated { () throws(StateFailure) in
      try StreamRun(options: options, state: state)
    }
    var session = Session(
      output: try StreamOutput(plan.json, committed: engine.committedOutput, console: console),
      metricsTarget: metrics, isQuiet: plan.isQuiet, console: console)
    try follow(&engine, &session)
    try session.settle(&engine, state == nil ? .end : .more)
    try session.writeMetrics(engine)
    try session.output.close()
    try coverage?.write(CoverageReport.encode(engine.coverage), console: console)
    session.sayRest()
    return session.metrics.faults > 0 ? .damagedInput : .success
  }

  /// Reads until the input ends or a signal asks to stop.
  private func follow(
    _ engine: inout StreamRun, _ session: inout Session
  ) throws(RunError) {
    var input = try Self.read { () throws(PieceStream.Failure) in try PieceStream() }
    var lastBytes = SystemCalls.uptime
    var isSettled = true
    var isQuiet = true
    while !SystemCalls.isStopping {
      let arrival = try Self.read { () throws(PieceStream.Failure) in
        try input.next(waiting: session.waitMilliseconds(isSettled)) { bytes, offset in
          engine.read(bytes, offset: offset)
        }
      }
      let now = SystemCalls.uptime
      switch arrival {
      case .end: return
      case .bytes:
        (lastBytes, isSettled, isQuiet) = (now, false, false)
        let pause = engine.isDue ? Self.pauseWhenDue : session.pause
        guard now - session.settledAt >= pause else { continue }
        try session.settle(&engine, .more)
      case .nothing:
        if !isSettled, now - session.settledAt >= session.shortPause {
          try session.settle(&engine, .more)
          isSettled = true
        }
        if let idle = plan.idleSeconds, !isQuiet, now - lastBytes >= Double(idle) {
          try session.settle(&engine, .quiet)
          isQuiet = true
        }
      }
      if now - session.metricsAt >= Self.metricsSeconds { try session.writeMetrics(engine) }
    }
  }

  private static func stated<Value: ~Copyable>(
    _ body: () throws(StateFailure) -> Value
  ) throws(RunError) -> Value {
    do throws(StateFailure) {
      return try body()
    } catch {
      throw .state(error.description)
    }
  }

  private static func read<Value: ~Copyable>(
    _ body: () throws(PieceStream.Failure) -> Value
  ) throws(RunError) -> Value {
    do throws(PieceStream.Failure) {
      return try body()
    } catch {
      throw .cannotRead(path: "standard input", reason: error.reason)
    }
  }

  /// What goes out of a stream, and when it did.
  private struct Session {
    var output: StreamOutput
    let metricsTarget: OutputTarget?
    let isQuiet: Bool
    let console: Console
    var metrics = StreamMetrics()
    var settledAt = SystemCalls.uptime
    private var settleSeconds = 0.0
    var metricsAt = 0.0
    private var releasedAt = SystemCalls.uptime
    private var faultsSaid = 0
    private var daysReleased = 0

    init(output: StreamOutput, metricsTarget: OutputTarget?, isQuiet: Bool, console: Console) {
      self.output = output
      self.metricsTarget = metricsTarget
      self.isQuiet = isQuiet
      self.console = console
    }

    /// Judges, tells, and saves, in this order: a record that is out and not saved may come again,
    /// or be cut off; one that is saved and not out would be lost.
    mutating func settle(
      _ engine: inout StreamRun, _ outlook: StreamRun.Outlook
    ) throws(RunError) {
      let begun = SystemCalls.uptime
      let events = try StreamCommand.stated { () throws(StateFailure) in
        try engine.settle(outlook)
      }
      var records: [UInt8] = []
      for event in events {
        switch event {
        case .started(let insight):
          metrics.insightsStarted += 1
          records += JSONReport.startRecord(of: insight)
        case .ended(let insight):
          metrics.insightsEnded += 1
          if let end = insight.end { records += JSONReport.endRecord(of: insight, at: end) }
        }
      }
      try output.write(records)
      let length = output.length
      try StreamCommand.stated { () throws(StateFailure) in
        try engine.commit(outputLength: length)
      }
      say(engine.takeFaults())
      releaseMemory(daysOver: engine.daysOver)
      settledAt = SystemCalls.uptime
      settleSeconds = settledAt - begun
    }

    var pause: Double { StreamCommand.pause(afterSeconds: settleSeconds) }
    var shortPause: Double { StreamCommand.shortPause(afterSeconds: settleSeconds) }

    /// How long to wait for input: until it is time to judge what came, if something did.
    func waitMilliseconds(_ isSettled: Bool) -> Int {
      guard !isSettled else { return StreamCommand.waitMilliseconds }
      let left = settledAt + shortPause - SystemCalls.uptime
      return min(StreamCommand.waitMilliseconds, Int(max(0, left * 1000).rounded(.up)))
    }

    /// A day's end needs memory for a moment that no other minute needs; and what comes and goes in
    /// between leaves gaps behind that add up over a day.
    private mutating func releaseMemory(daysOver: Int) {
      let now = SystemCalls.uptime
      guard daysOver != daysReleased || now - releasedAt >= StreamCommand.releaseSeconds else {
        return
      }
      (daysReleased, releasedAt) = (daysOver, now)
      SystemCalls.releaseFreeMemory()
    }

    private static let faultsNamed = 5

    private mutating func say(_ faults: [Fault]) {
      metrics.faults += faults.count
      guard !isQuiet else { return }
      for line in FaultSummary.lines(Array(faults.prefix(max(0, Self.faultsNamed - faultsSaid)))) {
        console.complain(line)
      }
      faultsSaid += min(faults.count, max(0, Self.faultsNamed - faultsSaid))
    }

    /// Says how many faults were not named one by one.
    func sayRest() {
      guard !isQuiet, metrics.faults > faultsSaid else { return }
      console.complain("and \(PeopleText.count(metrics.faults - faultsSaid)) more, see --coverage")
    }

    mutating func writeMetrics(_ engine: borrowing StreamRun) throws(RunError) {
      metricsAt = SystemCalls.uptime
      guard let metricsTarget else { return }
      let text = metrics.text(
        engine, now: SystemCalls.now, residentBytes: StreamMetrics.residentBytes)
      try metricsTarget.write(Array(text.utf8), console: console)
    }
  }
}

extension StreamOptions {
  fileprivate init(_ plan: StreamPlan) throws(RunError) {
    self.init()
    if let path = plan.model { detection.model = try ModelFile.read(path) }
    latenessMinutes = plan.latenessMinutes
    duplicateWindowMinutes = plan.duplicateWindowMinutes
    detection.alertsPerWeek = plan.alertsPerWeek
    detection.baselineDays = plan.baselineDays
    detection.countsAggregated = plan.countsAggregated
  }
}
