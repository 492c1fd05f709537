// SPDX-License-Identifier: Apache-2.0
import Bytes
import Counts
import Testing
import Vocabulary

@testable import Engine

@Suite("The reading half of a stream")
struct StreamReadingTests {
  private static let firstDay = 20_600

  private func record(_ number: Int, minute: Minute) -> String {
    """
    {"eventVersion":"1.11","eventTime":"\(minute.rfc3339)","eventSource":"ec2.amazonaws.com",\
    "eventName":"Run\(number % 3)","eventID":"id-\(number)","readOnly":false,\
    "eventCategory":"Management","awsRegion":"eu-west-1","recipientAccountId":"111122223333"}

    """
  }

  /// Why: a wrong clock must not make a table of its own for each day that it says.
  @Test("each day has a table, and of very many days all but a few share one", arguments: 1...12)
  func days(dayCount: Int) {
    var reading = StreamReading(options: DetectionOptions(), seen: SeenEvents())
    var expected: [Int: Int] = [:]
    for portion in 0..<3 {
      var text = ""
      for number in 0..<60 {
        let minute = Minute(
          sinceEpoch: (Self.firstDay + number % dayCount) * 1440 + number * 11 % 40)
        expected[minute.sinceEpoch, default: 0] += 1
        text += record(portion * 60 + number, minute: minute)
      }
      reading.read(PaddedBuffer(Array(text.utf8)), offset: 0)
    }
    let (tables, coverage) = reading.take()
    var counted: [Int: Int] = [:]
    for counts in tables.flatMap({ CountHistory.series(of: $0) }) {
      for (position, minute) in counts.minutes.enumerated() {
        counted[Int(minute), default: 0] += counts.count(at: position)
      }
    }
    #expect(counted == expected)
    #expect(coverage.calls == 180)
    #expect(reading.newestSecond == expected.keys.max().map { $0 * 60 })
    #expect(tables.count == (dayCount <= 4 ? dayCount : 1))
    #expect(dayCount > 4 || tables.allSatisfy { $0.days.count == 1 })
    let again = reading.take()
    #expect(again.tables.isEmpty)
  }
}
