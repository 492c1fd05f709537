// SPDX-License-Identifier: Apache-2.0
import Reports

/// What was wrong with the rows of one file: the first row of each kind, and how many there were.
struct RowFaults {
  enum Kind: Int, CaseIterable {
    case badTime, badValue, outOfOrder, gap
  }

  private var first: [Kind: (line: Int, reason: String)] = [:]
  private var counts: [Kind: Int] = [:]

  var isEmpty: Bool { counts.isEmpty }

  /// Notes a row; the reason is asked for only where it will be shown.
  mutating func note(_ kind: Kind, line: Int, _ reason: @autoclosure () -> String) {
    counts[kind, default: 0] += 1
    if first[kind] == nil { first[kind] = (line, reason()) }
  }

  /// One line a kind, in the order of the file.
  func lines(file: String) -> [String] {
    first.sorted { ($0.value.line, $0.key.rawValue) < ($1.value.line, $1.key.rawValue) }.map {
      let rest = counts[$0.key, default: 1] - 1
      let more = rest > 0 ? " (and \(PeopleText.count(rest, "row")) more like it)" : ""
      return "\(escapingControls(file)): line \($0.value.line): \($0.value.reason)\(more)"
    }
  }
}
