// SPDX-License-Identifier: Apache-2.0
import Bytes
import TestSupport
import Testing

@testable import Trails

@Suite struct ValueBoundariesTests {
  private static let parts = [
    "{", "}", "[", "]", "\"", "\\", "\n", "\n{", "\n{\"a\":1}\n", "x", "{\"a\":[1,\"}\"]}", ",",
  ]

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `lines that are skipped are cut where looking at each byte cuts them`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (fast, slow) = (ValueBoundaries(), ValueBoundaries())
    var text = PaddedBuffer()
    for round in 0..<12 {
      for _ in 0..<Int.random(in: 0...9, using: &random) {
        let part = Array((Self.parts.randomElement(using: &random) ?? "").utf8)
        text.append(part.span)
      }
      fast.scan(text.bytes)
      slow.scan(text.bytes, skipsLines: false)
      #expect(fast.lastBoundary == slow.lastBoundary, "seed \(seed), round \(round)")
      guard Bool.random(using: &random) else { continue }
      text.removeFirst(slow.lastBoundary)
      fast.dropWhole()
      slow.dropWhole()
    }
  }

  @Test func `of JSON lines all but the last is whole`() {
    let line = Array("{\"a\":\"\\\"}\",\"b\":[1]}\n".utf8)
    var boundaries = ValueBoundaries()
    var text = PaddedBuffer()
    for _ in 0..<9000 { text.append(line.span) }
    text.append(line.span.extracting(..<9))
    boundaries.scan(text.bytes)
    #expect(boundaries.lastBoundary == 9000 * line.count)
  }
}
