// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Text that a test expects, kept in a file under `Tests/Snapshots`.
public enum Snapshot {
  /// Returns what differs between the text and the recorded one; `nil` where they are equal.
  ///
  /// With `RECORD_SNAPSHOTS=1` the text is written down instead, and that, too, is a difference:
  /// a recording run never passes, so that nothing is recorded unseen.
  public static func difference(of text: String, from name: String) -> String? {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      return record(text, in: file)
    }
    guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
      return "\(name) is missing; RECORD_SNAPSHOTS=1 writes it"
    }
    guard text != recorded else { return nil }
    return "\(name) differs in \(firstDifference(text, recorded)); RECORD_SNAPSHOTS=1 rewrites it"
  }

  private static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Snapshots")
  }

  private static func record(_ text: String, in file: URL) -> String {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return "recorded \(file.lastPathComponent); look at it, and run again without recording"
    } catch {
      return "cannot record \(file.lastPathComponent): \(error)"
    }
  }

  private static func firstDifference(_ text: String, _ recorded: String) -> String {
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, pair) in zip(new, old).enumerated() where pair.0 != pair.1 {
      return "line \(index + 1): is \(pair.0.debugDescription), was \(pair.1.debugDescription)"
    }
    return "length: is \(new.count) lines, was \(old.count)"
  }
}
