// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite("Mutated documents")
struct FuzzTests {
  static let rounds =
    ProcessInfo.processInfo.environment["TRAIL_INSIGHTS_FUZZ_ROUNDS"].flatMap(UInt64.init) ?? 300

  /// Bytes that matter to JSON, and some that matter to UTF-8.
  private static let hostile = Array("{}[]\",:\\\n0ntf \u{0}é".utf8) + [0xFF, 0xC3, 0xED]

  static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, index + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[index] = hostile.randomElement(using: &random) ?? 0
    case 1: bytes.insert(hostile.randomElement(using: &random) ?? 0, at: index)
    case 2: bytes.removeSubrange(index..<end)
    case 3: bytes.insert(contentsOf: Array(bytes[index..<end]), at: index)
    default: bytes.removeLast(bytes.count - max(1, index))
    }
  }

  @Test("Any damage leaves whole records before it, and no trap")
  func mutations() {
    let shapes = WrappedShape.allCases
    for seed in 0..<Self.rounds {
      var random = SeededGenerator(seed: seed)
      let records = numbered(4)
      let shape = shapes[Int(seed) % (shapes.count + 2) % shapes.count]
      var bytes = Array((seed % 3 == 0 ? json(["Records": records]) : shape.text(records)).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
      let decoded = Decoded(bytes: bytes)
      for fault in decoded.batch.faults {
        #expect(fault.offset >= 0 && fault.skippedBytes >= 0, "seed \(seed)")
        #expect(fault.offset + fault.skippedBytes <= bytes.count, "seed \(seed)")
      }
    }
  }

  @Test("One damaged record costs no other")
  func neighbours() {
    let lines = numbered(9).map { json($0) }
    for seed in 0..<Self.rounds {
      var random = SeededGenerator(seed: seed)
      let victim = Int.random(in: 1..<8, using: &random)
      var bytes = Array(lines[victim].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) { Self.mutate(&bytes, &random) }
      let separator = seed % 2 == 0 ? "\n" : ","
      var text = Array((seed % 2 == 0 ? "" : "{\"Records\":[").utf8)
      text += Array((lines[..<victim].joined(separator: separator) + separator).utf8) + bytes
      text += Array((separator + lines[(victim + 1)...].joined(separator: separator)).utf8)
      text += Array((seed % 2 == 0 ? "" : "]}").utf8)
      let names = Set(Decoded(bytes: text).names)
      for index in lines.indices where index != victim {
        #expect(names.contains("Call\(index)"), "seed \(seed), record \(index) of victim \(victim)")
      }
    }
  }
}
