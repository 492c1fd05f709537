// SPDX-License-Identifier: Apache-2.0
import Counts
import Events

/// Where all workers have their events admitted, in the order of files.
///
/// A worker that is early waits for its turn. Why: which of two copies of an event counts must not
/// depend on which worker was faster.
actor AdmissionDesk {
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

  /// Returns which events of a batch count, once all earlier files are through.
  func admit(_ batch: EventBatch, accountHashes: [UInt64], file: Int) async -> [Bool] {
    await wait(for: file)
    progress.events += batch.events.count
    return admission.admit(batch, accountHashes: accountHashes, file: file)
  }

  /// Returns which summaries of a batch count, once all earlier files are through.
  func admit(
    activitiesOf batch: EventBatch, accountHashes: [UInt64], file: Int
  ) async -> [Bool] {
    await wait(for: file)
    return admission.admit(activitiesOf: batch, accountHashes: accountHashes, file: file)
  }

  /// Lets the next file have its turn.
  func finish(file: Int, bytes: Int) async {
    await wait(for: file)
    turn = file + 1
    waiting.removeValue(forKey: turn)?.resume()
    progress.filesRead += 1
    progress.bytesRead += bytes
    onProgress(progress)
  }

  private func wait(for file: Int) async {
    guard file != turn else { return }
    await withCheckedContinuation { waiting[file] = $0 }
  }
}
