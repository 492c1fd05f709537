// SPDX-License-Identifier: Apache-2.0
import Reports
import Vocabulary

/// How the reading of a command's paths went: what is said of it and the status that follows.
struct Reading {
  let coverage: Coverage
  let paths: [String]

  /// A run that could read nothing of what it was given did not run.
  func check() throws(RunError) {
    // A state file has all that was read before.
    guard !paths.isEmpty else { return }
    guard coverage.records == 0, coverage.faults.allSatisfy({ $0.kind == .unreadable }) else {
      return
    }
    guard coverage.faults.isEmpty else { throw .unreadable(coverage.sortedFaults) }
    if coverage.files == 0 { throw .nothingToRead(paths) }
  }

  /// Names the faults and returns the status.
  func finish(console: Console, manners: Manners, hasFound: Bool) -> ExitCode {
    if !manners.isQuiet {
      if let count = coverage.notices["event_history_csv"] {
        console.complain(
          "\(PeopleText.count(count, "event")) came from Event history CSV, which usually holds "
            + "write events only: error rates are those of writes")
      }
      for line in FaultSummary.lines(coverage.sortedFaults) { console.complain(line) }
    }
    guard coverage.faults.isEmpty else { return .damagedInput }
    return hasFound ? .insightsFound : .success
  }
}
