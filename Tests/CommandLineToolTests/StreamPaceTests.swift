// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CommandLineTool

@Suite struct StreamPaceTests {
  @Test(arguments: [(0.0, 1.0), (0.1, 1), (0.5, 4.5), (60, 10)])
  func `judging takes a tenth of the time at most, and is never far away`(
    seconds: Double, pause: Double
  ) {
    #expect(StreamCommand.pause(afterSeconds: seconds) == pause)
    #expect(StreamCommand.shortPause(afterSeconds: seconds) == min(10, 3 * seconds))
  }
}
