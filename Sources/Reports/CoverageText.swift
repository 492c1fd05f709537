// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What was read and what was not, in words: a label and a text for each thing there is to say.
public struct CoverageText {
  private let coverage: Coverage

  private static let listedFaultCount = 5
  private static let listedGapCount = 3

  /// Puts a coverage into words.
  public init(_ coverage: Coverage) {
    self.coverage = coverage
  }

  /// Labels and texts; what there is nothing to say of is left out.
  public var entries: [(label: String, text: String)] {
    let all = [
      ("read", read), ("span", span),
      ("duplicates", coverage.duplicates > 0 ? dropped : ""),
      ("no calls", Self.list(coverage.notCalls)), ("guessed", Self.list(coverage.guessed)),
      ("gaps", gaps), (Self.capped, Self.list(coverage.capped)),
      (Self.faults, Self.list(coverage.faultCounts)),
    ]
    return all.filter { !$0.1.isEmpty }.map { (label: $0.0, text: $0.1) }
  }

  /// The labels of what a reader should not overlook.
  static let capped = "cut off"
  static let faults = "faults"

  /// `2026-03-01 00:00 to 2026-03-21 23:59 UTC`, empty where there was no event.
  public var span: String {
    guard let first = coverage.firstEventTime, let last = coverage.lastEventTime else { return "" }
    return "\(minuteText(first.minute)) to \(minuteText(last.minute)) UTC"
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
        + " from \(minuteText(gap.range.start))"
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

  /// The first few faults, one a line, and how many more there are.
  public var faultLines: [String] {
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
}

/// Returns `2026-03-01 02:00`, in UTC.
public func minuteText(_ minute: Minute) -> String {
  let text = minute.rfc3339
  return String(text.prefix(10) + " " + text.dropFirst(11).prefix(5))
}
