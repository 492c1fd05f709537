// SPDX-License-Identifier: Apache-2.0
import Engine
import Testing

@testable import CommandLineTool

@Suite struct ProgressLineTests {
  private var half: ReadProgress {
    var progress = ReadProgress()
    progress.filesRead = 617
    progress.filesTotal = 1234
    progress.bytesRead = 600_000_000
    progress.bytesTotal = 1_200_000_000
    progress.events = 3_100_000
    return progress
  }

  @Test(arguments: [
    (
      120,
      "reading  617/1,234 files  0:10 left  600 MB of 1.2 GB  310k events/s"
        + "  ━━━━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌"
    ),
    (79, "reading  617/1,234 files  0:10 left  600 MB of 1.2 GB  310k events/s  ━━━━╌╌╌╌╌"),
    (40, "reading  617/1,234 files  0:10 left"), (24, "reading  617/1,234 files"), (5, ""),
  ])
  func `a narrow line leaves out what matters less`(width: Int, text: String) {
    #expect(ProgressLine.text(half, seconds: 10, width: width) == text)
  }

  @Test func `no line is wider than it may be`() {
    for width in 1...200 {
      #expect(ProgressLine.text(half, seconds: 4000, width: width).count <= width)
    }
  }

  @Test func `without a total there is neither a bar nor a time left`() {
    var progress = half
    progress.bytesTotal = 0
    progress.filesTotal = 0
    #expect(
      ProgressLine.text(progress, seconds: 10, width: 79)
        == "reading  617 files  600 MB  310k events/s")
  }

  @Test(arguments: [(0.05, nil), (1.0, "0:01"), (59, "0:59"), (61, "1:01"), (3661, "1:01:01")])
  func `time left`(seconds: Double, clock: String?) {
    let text = ProgressLine.text(half, seconds: seconds, width: 200)
    #expect(text.contains(" left") == (clock != nil))
    if let clock { #expect(text.contains("  \(clock) left")) }
  }

  @Test func `files that grew while they were read do not overshoot`() {
    var progress = half
    progress.bytesRead = 2_000_000_000
    #expect(ProgressLine.fraction(progress) == 1)
    #expect(ProgressLine.text(progress, seconds: 10, width: 120).contains("0:00 left"))
  }
}
