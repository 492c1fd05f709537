// SPDX-License-Identifier: Apache-2.0
import Counts
import Events
import Synchronization

/// Where all workers have their events admitted, in the order of files.
///
/// A worker that is early comes again later or, having read far enough ahead, waits for its turn.
/// Why: which of two copies of an event counts must not depend on which worker was faster.
///
/// It is a lock and no actor: a worker that meets another goes on reading, in place of being put
/// aside for another thread to take up.
final class AdmissionDesk: Sendable {
  /// What counts of a file: as many truth values as it has events, and as it has summaries of calls.
  struct Decision: Sendable {
    let events: [Bool]
    let activities: [Bool]
  }

  private struct State {
    var admission: Admission
    var progress: ReadProgress
    var turn = 0
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state: Mutex<State>
  private let onProgress: @Sendable (ReadProgress) -> Void

  init(
    admission: Admission, progress: ReadProgress,
    onProgress: @escaping @Sendable (ReadProgress) -> Void
  ) {
    state = Mutex(State(admission: admission, progress: progress))
    self.onProgress = onProgress
  }

  /// What was admitted so far.
  var admission: Admission { state.withLock { $0.admission } }

  /// Decides what counts of a file, once all earlier files are through.
  ///
  /// - Parameters:
  ///   - file: what a worker read.
  ///   - waits: whether to wait for the file's turn.
  /// - Returns: `nil` where it is not the file's turn yet.
  func admit(_ file: DecodedFile, waits: Bool) async -> Decision? {
    // While somebody else is at the desk, it is mostly their turn.
    guard waits else { return state.withLockIfAvailable { admit(file, &$0) } ?? nil }
    await waitForTurn(of: file.number)
    return state.withLock { admit(file, &$0) }
  }

  private func waitForTurn(of number: Int) async {
    await withCheckedContinuation { continuation in
      let isTurn = state.withLock { state in
        if state.turn != number { state.waiting[number] = continuation }
        return state.turn == number
      }
      if isTurn { continuation.resume() }
    }
  }

  /// Decides where it is the file's turn, and lets the next file have its own.
  private func admit(_ file: DecodedFile, _ state: inout State) -> Decision? {
    guard state.turn == file.number else { return nil }
    let decision = Decision(
      events: state.admission.admit(
        file.batch, accountHashes: file.accountHashes, file: file.number),
      activities: state.admission.admit(
        activitiesOf: file.batch, accountHashes: file.activityHashes, file: file.number))
    state.turn += 1
    state.waiting.removeValue(forKey: state.turn)?.resume()
    state.progress.filesRead += 1
    state.progress.bytesRead += file.bytes
    state.progress.events += file.batch.events.count
    onProgress(state.progress)
    return decision
  }
}
