// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// What was read and what was not, in lines for people.
struct CoverageSection {
  let coverage: Coverage
  let width: Int
  let isColored: Bool

  private static let listedFaultCount = 5
  private static let listedGapCount = 3
  private static let labelWidth = 12

  var lines: [String] {
    var lines = entry("read", read)
    lines += entry("span", Self.span(of: coverage))
    lines += entry("duplicates", coverage.duplicates > 0 ? dropped : "")
    lines += entry("no calls", Self.list(coverage.notCalls))
    lines += entry("guessed", Self.list(coverage.guessed))
    lines += entry("gaps", gaps)
    lines += entry("cut off", Self.list(coverage.capped), .yellow)
    lines += entry("faults", Self.list(coverage.faultCounts), .red)
    for line in faultLines { lines += entry("", line) }
    return lines
  }

  /// `2026-03-01 00:00 to 2026-03-21 23:59 UTC`, empty where there was no event.
  static func span(of coverage: Coverage) -> String {
    guard let first = coverage.firstEventTime, let last = coverage.lastEventTime else { return "" }
    return "\(minuteText(first.minute)) to \(minuteText(last.minute)) UTC"
  }

  private static func minuteText(_ minute: Minute) -> String {
    minute.rfc3339.prefix(10) + " " + minute.rfc3339.dropFirst(11).prefix(5)
  }

  private var read: String {
    [
      PeopleText.count(coverage.files, "file"), PeopleText.bytes(coverage.bytes),
      PeopleText.count(coverage.records, "record"), PeopleText.count(coverage.calls, "call"),
      "\(PeopleText.count(coverage.series)) series",
    ].joined(separator: ", ")
  }

  private var dropped: String { "\(PeopleText.count(coverage.duplicates)) dropped" }

  private var gaps: String {
    let gaps = coverage.sortedGaps
    let named = gaps.prefix(Self.listedGapCount).map { gap in
      escapingControls(Self.place(of: gap))
        + " \(PeopleText.duration(minutes: gap.range.minuteCount))"
        + " from \(Self.minuteText(gap.range.start))"
    }
    let rest = gaps.count - named.count
    return (named + (rest > 0 ? ["and \(PeopleText.count(rest)) more"] : []))
      .joined(separator: ", ")
  }

  /// `*` stands for all accounts, or all Regions of one.
  private static func place(of gap: Coverage.Gap) -> String {
    if gap.recipientAccountID == "*" { return "the whole trail" }
    return gap.awsRegion == "*"
      ? gap.recipientAccountID : "\(gap.recipientAccountID) \(gap.awsRegion)"
  }

  private var faultLines: [String] {
    let faults = coverage.sortedFaults
    let named = faults.prefix(Self.listedFaultCount).map { fault in
      escapingControls("\(fault.file): byte \(fault.offset): \(fault.reason)")
    }
    let rest = faults.count - named.count
    return named + (rest > 0 ? ["and \(PeopleText.count(rest)) more"] : [])
  }

  /// `12 digest, 3 network activity`, by name.
  private static func list(_ counts: [String: Int]) -> String {
    counts.filter { $0.value > 0 }.sorted { utf8Less($0.key, $1.key) }
      .map { "\(PeopleText.count($0.value)) \(words($0.key))" }
      .joined(separator: ", ")
  }

  private static func words(_ name: String) -> String {
    escapingControls(String(name.map { $0 == "_" ? " " : $0 }))
  }

  /// A label and its text, wrapped under itself; nothing where there is nothing to say.
  private func entry(_ label: String, _ text: String, _ style: TextStyle = .plain) -> [String] {
    guard !text.isEmpty else { return [] }
    return wrapped(text, toWidth: width - Self.labelWidth).enumerated().map { index, line in
      let shown = index == 0 ? label : ""
      let space = String(repeating: " ", count: Self.labelWidth - shown.count)
      return TextStyle.dim.painted(shown, isColored: isColored) + space
        + style.painted(line, isColored: isColored)
    }
  }
}

/// Breaks a text at spaces into lines of at most `width` columns; a word that is longer is cut
/// into pieces, for a path must stay readable whole.
func wrapped(_ text: String, toWidth width: Int) -> [String] {
  let width = max(8, width)
  var lines = [""]
  var used = 0
  for word in text.split(separator: " ") {
    var room = used == 0 ? 0 : 1
    if used > 0, used + 1 + displayWidth(String(word)) > width {
      lines.append("")
      (used, room) = (0, 0)
    }
    if room > 0 { lines[lines.count - 1] += " " }
    used += room
    for character in word {
      let characterWidth = displayWidth(ofCharacter: character)
      if used + characterWidth > width {
        lines.append("")
        used = 0
      }
      lines[lines.count - 1].append(character)
      used += characterWidth
    }
  }
  return lines
}
