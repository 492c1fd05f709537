// SPDX-License-Identifier: Apache-2.0
import Reports
import Vocabulary

/// What could not be read, in a few lines for standard error.
enum FaultSummary {
  private static let namedCount = 5

  /// The first few of sorted faults, one a line, and how many more there are.
  static func lines(_ faults: [Fault]) -> [String] {
    let named = faults.prefix(namedCount).map(line)
    let rest = faults.count - named.count
    return named + (rest > 0 ? ["and \(PeopleText.count(rest)) more, see --coverage"] : [])
  }

  private static func line(_ fault: Fault) -> String {
    let file = fault.file == "-" ? "standard input" : escapingControls(fault.file)
    let reason = escapingControls(fault.reason)
    switch fault.kind {
    case .unreadable, .emptyFile: return "\(file): \(reason)"
    default: return "\(file): byte \(fault.offset): \(reason)"
    }
  }
}
