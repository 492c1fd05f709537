// SPDX-License-Identifier: Apache-2.0
import Engine
import Synchronization

/// The progress on standard error: redrawn in place at most ten times a second, gone at the end.
final class ProgressBar: Sendable {
  private let console: Console
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let lastDrawn = Mutex<ContinuousClock.Instant?>(nil)

  init(console: Console, manners: Manners) {
    self.console = console
    switch manners.progress {
    case .always: isShown = true
    case .never: isShown = false
    case .auto: isShown = console.error.isTerminal && !manners.isQuiet
    }
  }

  func update(_ progress: ReadProgress) {
    guard isShown else { return }
    let now = ContinuousClock.now
    lastDrawn.withLock { last in
      if let last, now - last < .milliseconds(100) { return }
      last = now
      let seconds = (now - start) / .seconds(1)
      // One column stays free: a full line would make some terminals scroll.
      let line = ProgressLine.text(progress, seconds: seconds, width: console.error.width - 1)
      console.writeError(Array("\r\(line)\u{1B}[K".utf8))
    }
  }

  /// Leaves the line as if nothing had been drawn.
  func clear() {
    lastDrawn.withLock { last in
      if last != nil { console.writeError(Array("\r\u{1B}[K".utf8)) }
      last = nil
    }
  }
}
