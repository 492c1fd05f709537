// SPDX-License-Identifier: Apache-2.0
import Counts
import Events

/// Where all workers have their events admitted, in the order of files.
///
/// A worker that is early comes again later or, having read far enough ahead, waits for its turn.
/// Why: which of two copies of an event counts must not depend on which worker was faster.
actor AdmissionDesk {
  /// What counts of a file: as many truth values as it has events, and as it has summaries of calls.
  struct Decision: Sendable {
    let events: [Bool]
    let activities: [Bool]
  }

  private(set) var admission: Admission
  private var turn = 0
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var progress: ReadProgress
  private let onProgress: @Sendable (ReadProgress) -> Void

  init(
    admission: Admission, progress: ReadProgress,
    onProgress: @escaping @Sendable (ReadProgress) -> Void
  ) {
    self.admission = admission
    self.progress = progress
    self.onProgress = onProgress
  }

  /// Decides what counts of a file, once all earlier files are through.
  ///
  /// - Parameters:
  ///   - file: what a worker read.
  ///   - waits: whether to wait for the file's turn.
  /// - Returns: `nil` where it is not the file's turn yet.
  func admit(_ file: DecodedFile, waits: Bool) async -> Decision? {
    if file.number != turn {
      guard waits else { return nil }
      await withCheckedContinuation { waiting[file.number] = $0 }
    }
    let decision = Decision(
      events: admission.admit(
        file.batch, accountHashes: file.accountHashes, file: file.number),
      activities: admission.admit(
        activitiesOf: file.batch, accountHashes: file.activityHashes, file: file.number))
    finish(file)
    return decision
  }

  /// Lets the next file have its turn.
  private func finish(_ file: DecodedFile) {
    turn = file.number + 1
    waiting.removeValue(forKey: turn)?.resume()
    progress.filesRead += 1
    progress.bytesRead += file.bytes
    progress.events += file.batch.events.count
    onProgress(progress)
  }
}
