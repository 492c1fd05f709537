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
  /// What was seen before.
  let admission: Admission
  let onProgress: @Sendable (ReadProgress) -> Void

  /// Reads all files; returns the sum of all counts and what was covered.
  func run() async -> BatchRun.Read {
    var progress = ReadProgress()
    progress.filesTotal = queue.files.count
    progress.bytesTotal = queue.files.reduce(0) { $0 + $1.size }
    var admission = admission
    admission.fileReadOnce = queue.files.firstIndex(of: .standardInput)
    let desk = AdmissionDesk(
      admission: admission, progress: progress, onProgress: onProgress)
    var parts = await withTaskGroup { group in
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
    // Taken out, so that it grows where it is.
    var (table, coverage) = parts.popLast() ?? (CountTable(), Coverage())
    table.files = queue.files.map(\.path)
    while let (part, partCoverage) = parts.popLast() {
      table.merge(part)
      coverage.merge(partCoverage)
    }
    admission = desk.admission
    takeBackOriginals(of: admission, from: &table, coverage: &coverage)
    return BatchRun.Read(table: table, coverage: coverage, admission: admission)
  }

  /// Takes events that were corrected after they were counted out again.
  ///
  /// Their files are read once more: corrections are rare, so nothing is kept of an event that could
  /// say what it counted.
  private func takeBackOriginals(
    of admission: Admission, from table: inout CountTable, coverage: inout Coverage
  ) {
    coverage.calls = admission.admittedCount
    coverage.duplicates = admission.duplicateCount
    coverage.note(leftOutBy: admission)
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

extension Coverage {
  /// Takes note of events that are no copies and yet were left out.
  mutating func note(leftOutBy admission: Admission) {
    if admission.lateCorrectionCount > 0 {
      capped["corrections_not_applied", default: 0] += admission.lateCorrectionCount
    }
    if admission.tooOldCount > 0 {
      capped["events_beyond_duplicate_window", default: 0] += admission.tooOldCount
    }
  }
}
