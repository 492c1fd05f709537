// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// The folder with optional public data, where there is one.
let externalData = ProcessInfo.processInfo.environment["TRAIL_INSIGHTS_DATA"]

@Suite("Public trail data", .enabled(if: externalData != nil))
struct ExternalDataTests {
  private func files(_ folder: String) throws -> [URL] {
    let root = URL(fileURLWithPath: try #require(externalData)).appendingPathComponent(folder)
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "json" }
  }

  @Test(
    "Every event is read as JSONSerialization reads it",
    arguments: [
      ("invictus", 55, 2900), ("stratus-detonation-logs", 35, 0),
    ])
  func everyEvent(folder: String, fileCount: Int, eventCount: Int) throws {
    let files = try files(folder)
    #expect(files.count == fileCount)
    var total = 0
    for file in files {
      let data = try Data(contentsOf: file)
      let decoded = Decoded(bytes: Array(data), file: file.path)
      let expected = oracle(data, file: file.lastPathComponent)
      #expect(decoded.rows == expected, "\(file.lastPathComponent)")
      #expect(decoded.batch.faults.isEmpty)
      total += decoded.batch.recordCount
    }
    #expect(eventCount == 0 || total == eventCount)
  }
}
