// SPDX-License-Identifier: Apache-2.0
import Bytes
import Counts
import Events
import Trails
import Vocabulary

/// Reads trail files with several workers and counts their events.
///
/// Each worker owns what it reads, decodes and counts with; they meet at the `AdmissionDesk` alone,
/// and their tables are merged at the end. Integers are all that is merged.
struct TrailCounting: Sendable {
  let queue: TrailQueue
  let options: DetectionOptions
  let onProgress: @Sendable (ReadProgress) -> Void

  /// Reads all files; returns the sum of all counts and what was covered.
  func run() async -> (table: CountTable, coverage: Coverage) {
    var progress = ReadProgress()
    progress.filesTotal = queue.files.count
    progress.bytesTotal = queue.files.reduce(0) { $0 + $1.size }
    let desk = AdmissionDesk(progress: progress, onProgress: onProgress)
    let parts = await withTaskGroup { group in
      for _ in 0..<max(1, min(options.threadCount, queue.files.count)) {
        group.addTask {
          var worker = CountingWorker(
            countsAggregated: options.countsAggregated, countsCallers: options.countsCallers)
          while let item = await queue.next() { await worker.count(item, desk: desk) }
          await worker.finish(desk: desk)
          return (worker.counter.table, worker.coverage)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var (table, coverage) = parts.first ?? (CountTable(), Coverage())
    table.files = queue.files.map(\.path)
    for (part, partCoverage) in parts.dropFirst() {
      table.merge(part)
      coverage.merge(partCoverage)
    }
    await takeBackOriginals(of: desk, from: &table, coverage: &coverage)
    return (table, coverage)
  }

  /// Takes events that were corrected after they were counted out again.
  ///
  /// Their files are read once more: corrections are rare, so nothing is kept of an event that could
  /// say what it counted.
  private func takeBackOriginals(
    of desk: AdmissionDesk, from table: inout CountTable, coverage: inout Coverage
  ) async {
    let admission = await desk.admission
    coverage.calls = admission.admittedCount
    coverage.duplicates = admission.duplicateCount
    let originals = Dictionary(grouping: admission.corrections, by: \.file)
    var worker = CountingWorker(countsCallers: options.countsCallers)
    for (file, corrections) in originals.sorted(by: { $0.key < $1.key }) {
      let found = worker.takeBack(Set(corrections.map(\.eventID)), from: queue.again(file))
      if found < corrections.count {
        coverage.capped["corrections_not_applied", default: 0] += corrections.count - found
      }
    }
    table.merge(worker.counter.table)
  }
}
