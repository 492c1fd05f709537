// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import Store

/// No bytes trap, and what they decode to is not larger than they justify.
@Suite("Bytes that nobody encoded")
struct BinaryFuzzTests {
  static let seed = UInt64(Date().timeIntervalSince1970 * 1000)

  /// Decodes, and holds that whatever is decoded encodes to something that decodes alike.
  private func check(_ bytes: [UInt8], _ note: Comment) {
    guard let value = try? BinaryDecoder().decode(Everything.self, from: bytes) else { return }
    let again = try? BinaryEncoder().encode(value)
    #expect(again.map { $0.count <= bytes.count } == true, note)
  }

  @Test func `cut at any byte, it is an error`() throws {
    var generator = SeededGenerator(seed: Self.seed)
    let encoded = try BinaryEncoder().encode(Everything(using: &generator))
    for length in 0..<encoded.count {
      #expect(throws: DecodingError.self, "seed \(Self.seed), cut at \(length)") {
        try BinaryDecoder().decode(Everything.self, from: Array(encoded[..<length]))
      }
    }
    #expect(throws: DecodingError.self) {
      try BinaryDecoder().decode(Everything.self, from: encoded + [0])
    }
  }

  @Test func `mutated bytes`() throws {
    var generator = SeededGenerator(seed: Self.seed)
    for round in 0..<4000 {
      var bytes = try BinaryEncoder().encode(Everything(using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[index] = 255
        case 2: bytes.remove(at: index)
        default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        }
        if bytes.isEmpty { break }
      }
      check(bytes, "seed \(Self.seed), round \(round)")
    }
  }

  @Test func `random bytes`() {
    var generator = SeededGenerator(seed: Self.seed)
    for round in 0..<20_000 {
      let count = Int.random(in: 0..<400, using: &generator)
      // Few values: counts and marks are small numbers.
      let top: UInt8 = Bool.random(using: &generator) ? 3 : 255
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...top, using: &generator) }
      check(bytes, "seed \(Self.seed), round \(round)")
      _ = try? BinaryDecoder().decode([Everything.Tree].self, from: bytes)
      _ = try? BinaryDecoder().decode([String: [[Int]?]].self, from: bytes)
    }
  }

  @Test(arguments: [
    [UInt8](repeating: 255, count: 8), [255, 255, 255, 127, 1], [0, 0, 0, 1, 0, 0, 0, 0],
  ])
  func `counts that promise more than there is`(bytes: [UInt8]) {
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode([Float].self, from: bytes) }
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode([Double].self, from: bytes) }
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode([Int].self, from: bytes) }
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode([UInt8].self, from: bytes) }
    #expect(throws: DecodingError.self) {
      try BinaryDecoder().decode([Everything.Nothing].self, from: bytes)
    }
    #expect(throws: DecodingError.self) {
      try BinaryDecoder().decode(ContiguousArray<Everything.Nothing>.self, from: bytes)
    }
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode(String.self, from: bytes) }
    #expect(throws: DecodingError.self) { try BinaryDecoder().decode(Data.self, from: bytes) }
  }

  @Test func `depth has an end`() {
    // A fork in a fork in a fork.
    let fork: [UInt8] = [4] + Array("fork".utf8)
    let bytes = [UInt8]([[UInt8]](repeating: fork, count: 100_000).joined())
    #expect(throws: DecodingError.self) {
      try BinaryDecoder().decode(Everything.Tree.self, from: bytes)
    }
  }
}
