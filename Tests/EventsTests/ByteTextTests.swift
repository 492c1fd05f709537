// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Vocabulary

@testable import Events

@Suite("Bytes read a word at a time")
struct ByteTextTests {
  private func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    equalBytes(left.span, right.span)
  }

  private func firstIndex(in text: [UInt8], from start: Int) -> Int? {
    text.span.firstIndex(of: 47, from: start)
  }

  private func guid(_ text: [UInt8]) -> EventID? {
    GUIDText.words(text.span).flatMap { EventID(guid: $0.high, $0.low) }
  }

  @Test("texts of every length are equal to themselves and to nothing else")
  func equality() {
    for length in 0...40 {
      let text = (0..<length).map { UInt8(truncatingIfNeeded: 65 + $0) }
      let copy = text
      #expect(isEqual(text, copy))
      for place in 0..<length {
        var other = text
        other[place] ^= 1
        #expect(!isEqual(text, other), "length \(length), place \(place)")
      }
    }
  }

  @Test("the first of a byte is found wherever it stands")
  func firstIndex() {
    for length in 0...40 {
      for place in 0..<length {
        for neighbour: UInt8 in [46, 48, 0, 255] {
          var text = [UInt8](repeating: neighbour, count: length)
          text[place] = 47
          if place + 2 < length { text[place + 2] = 47 }
          #expect(firstIndex(in: text, from: 0) == place)
          #expect(firstIndex(in: text, from: place) == place)
        }
      }
    }
  }

  @Test("GUIDs are read as their identifiers are, others not")
  func guids() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let id = EventID(high: generator.next() & ~0xF000 | 0x4000, low: generator.next())
      let text = Array(try #require(id.text).utf8)
      #expect(guid(text) == id, "seed \(seed)")
      let plainly = EventID(utf8: text.span)
      #expect(plainly == id, "seed \(seed)")
      for place in text.indices {
        for wrong in Array("/:`gAF@ \u{7F}-".utf8) + [0xB0, 0xE1] where wrong != text[place] {
          var other = text
          other[place] = wrong
          #expect(guid(other) == nil, "seed \(seed), \(place), \(wrong)")
        }
      }
    }
  }

  @Test("times of one day and of another are read in turns")
  func times() {
    var time = EventTime()
    for text in ["2026-03-01T02:00:05Z", "2026-03-01T23:59:59Z", "2126-03-01T02:00:05Z"] + [
      "2026-03-02T02:00:05Z", "2026-03-01T02:00:05Z", "2026-02-30T00:00:00Z",
      "2026-03-01T24:00:00Z",
    ] {
      let bytes = Array(text.utf8)
      let expected = Timestamp(rfc3339: text)?.secondsSinceEpoch
      let seconds = time.seconds(bytes.span)
      #expect(seconds == expected, "\(text)")
    }
  }
}
