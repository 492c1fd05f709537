// SPDX-License-Identifier: Apache-2.0
import Reports
import TestSupport
import Testing

@testable import CommandLineTool

/// Times and numbers as `score` reads and writes them.
@Suite struct PlainSeriesTests {
  @Test(arguments: [
    ("1392388200", 1_392_388_200_000), ("1392388200.25", 1_392_388_200_250),
    ("1392388200250", 1_392_388_200_250), ("2014-02-14 14:30:00", 1_392_388_200_000),
    ("2014-02-14T14:30:00.25Z", 1_392_388_200_250),
    ("2014-02-14T16:30:00+02:00", 1_392_388_200_000),
    ("2014-02-14", 1_392_336_000_000),
  ])
  func `times are read to the millisecond`(text: String, expected: Int) {
    #expect(PlainTime.milliseconds(text) == expected)
  }

  @Test(arguments: [
    "", "now", "-5", "1e300", "2014-02-30 00:00:00", "14:30:00", "nan", ":", "9e99",
  ])
  func `what is no time is none`(text: String) {
    #expect(PlainTime.milliseconds(text) == nil)
  }

  @Test func `short decimals are plain decimals`() {
    let seed: UInt64 = 5
    var generator = SeededGenerator(seed: seed)
    let odd = [0, 1, -1, 0.0001, 0.00012345678, 999_999.5, 99.99995, 1e12, 1e-5, -0.5, 100, 1e11]
    let random = (0..<2000).map { _ in
      let digits = Double.random(in: -10...10, using: &generator)
      return digits * [1e-3, 1, 1e3, 1e7][Int.random(in: 0..<4, using: &generator)]
    }
    for number in odd + random {
      #expect(shortDecimal(number) == plainDecimal(number, significantDigits: 6), "seed \(seed)")
    }
  }

  @Test func `lines are counted through quoted cells and CRLF`() {
    var table = PlainTable(Array("value,note,timestamp\r\n1,\"a\nb\",60\r\n\r\n2,c,120\r\n".utf8))
    let first = table.next()
    #expect(first?.line == 2 && first?.number == 1 && first?.milliseconds == 60_000)
    let second = table.next()
    #expect(second?.line == 5 && second?.number == 2)
    #expect(table.next()?.line == nil)
  }
}
