// SPDX-License-Identifier: Apache-2.0
import Engine
import Reports

/// One picture of a progress bar: a pure function of how far the work is and how long it took.
enum ProgressLine {
  /// Returns the line, at most `width` columns; what matters less is left out where it is narrow.
  static func text(_ progress: ReadProgress, seconds: Double, width: Int) -> String {
    let parts = [
      files(progress), timeLeft(progress, seconds: seconds), bytes(progress),
      rate(progress, seconds: seconds),
    ]
    var shown: [String] = []
    for part in parts where !part.isEmpty {
      let length = (shown + [part]).joined(separator: "  ").count
      if length <= width { shown.append(part) }
    }
    let text = shown.joined(separator: "  ")
    let room = width - text.count - 2
    guard let done = fraction(progress), room >= 8 else { return text }
    return text + "  " + bar(done, width: min(room, 30))
  }

  /// 0 to 1 by bytes, for files differ in size; `nil` where the total is not known.
  static func fraction(_ progress: ReadProgress) -> Double? {
    guard progress.bytesTotal > 0 else { return nil }
    return min(1, Double(progress.bytesRead) / Double(progress.bytesTotal))
  }

  private static func files(_ progress: ReadProgress) -> String {
    let read = PeopleText.count(progress.filesRead)
    guard progress.filesTotal > 0 else { return "reading  \(read) files" }
    return "reading  \(read)/\(PeopleText.count(progress.filesTotal, "file"))"
  }

  private static func bytes(_ progress: ReadProgress) -> String {
    let read = PeopleText.bytes(progress.bytesRead)
    guard progress.bytesTotal > 0 else { return read }
    return "\(read) of \(PeopleText.bytes(progress.bytesTotal))"
  }

  private static func rate(_ progress: ReadProgress, seconds: Double) -> String {
    guard seconds >= 0.1 else { return "" }
    return PeopleText.number((Double(progress.events) / seconds).rounded()) + " events/s"
  }

  /// Nothing in the first second, when any guess is wild.
  private static func timeLeft(_ progress: ReadProgress, seconds: Double) -> String {
    guard seconds >= 1, let done = fraction(progress), done > 0 else { return "" }
    let left = seconds * (1 - done) / done
    guard left < 360_000 else { return "" }
    let whole = Int(left.rounded(.up))
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    let clock = hours > 0 ? "\(hours):" + twoDigits(minutes) : "\(minutes)"
    return clock + ":" + twoDigits(rest) + " left"
  }

  private static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  private static func bar(_ done: Double, width: Int) -> String {
    let full = Int((done * Double(width)).rounded(.down))
    return String(repeating: "━", count: full) + String(repeating: "╌", count: width - full)
  }
}
