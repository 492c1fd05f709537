// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import TestSupport
import Testing
import Vocabulary

/// The decoder and Foundation's JSON on the same bytes: all fields of all calls must be the same.
@Suite("As Foundation reads it")
struct DifferentialTests {
  /// The calls of a document as Foundation reads it; `nil` where it says that this is no JSON.
  private func expected(_ bytes: [UInt8]) -> [Decoded.Row]? {
    guard (try? JSONSerialization.jsonObject(with: Data(bytes))) != nil else { return nil }
    return oracle(Data(bytes), file: "x").filter { !$0.name.isEmpty && !$0.source.isEmpty }
  }

  private let syntaxFaults: Set<Fault.Kind> = [.damagedJSON, .truncatedJSON, .tooDeep, .tooLarge]

  @Test("Generated documents")
  func generated() {
    var count = 0
    for seed in 0..<3 * FuzzTests.rounds {
      var random = RandomJSON(seed: seed)
      let bytes = Array(random.document().text.utf8)
      let decoded = Decoded(bytes: bytes)
      #expect(decoded.rows == expected(bytes), "seed \(seed)")
      #expect(syntaxFaults.isDisjoint(with: decoded.faultKinds), "seed \(seed)")
      count += decoded.rows.count
    }
    #expect(count > FuzzTests.rounds, "most generated records are calls")
  }

  @Test("Mutated documents that are still JSON")
  func mutated() {
    var accepted = 0
    for seed in 0..<10 * FuzzTests.rounds {
      var random = RandomJSON(seed: seed &+ 1 << 32)
      var bytes = Array(random.document().text.utf8)
      FuzzTests.mutate(&bytes, &random.random)
      guard let expected = expected(bytes) else { continue }
      accepted += 1
      let decoded = Decoded(bytes: bytes)
      #expect(decoded.rows == expected, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
      #expect(syntaxFaults.isDisjoint(with: decoded.faultKinds), "seed \(seed)")
    }
    #expect(accepted > FuzzTests.rounds)
  }

  /// Where one record makes a document invalid, the decoder goes on where Foundation stops: all
  /// other records are read as Foundation reads each by itself, and nothing is made up.
  @Test("Mutated documents that are no JSON")
  func invalid() {
    var rejected = 0
    var told = 0
    for seed in 0..<3 * FuzzTests.rounds {
      var random = RandomJSON(seed: seed &+ 2 << 32)
      let lines = (0..<5).map { random.record($0) }
      let victim = Int.random(in: 0..<5, using: &random.random)
      var bad = Array(lines[victim].utf8)
      FuzzTests.mutate(&bad, &random.random)
      let parts = lines.indices.map { $0 == victim ? bad : Array(lines[$0].utf8) }
      let bytes =
        Array("{\"Records\":[".utf8) + parts.joined(separator: [UInt8(ascii: ",")])
        + Array("]}".utf8)
      guard expected(bytes) == nil else { continue }
      rejected += 1
      let decoded = Decoded(bytes: bytes)
      let others = lines.indices.filter { $0 != victim }.flatMap {
        expected(Array("[\(lines[$0])]".utf8)) ?? []
      }
      let rest = decoded.rows.filter { $0.eventID?.hasSuffix("\(victim)") != true }
      let wanted = others.filter { $0.eventID?.hasSuffix("\(victim)") != true }
      for row in wanted { #expect(decoded.rows.contains(row), "seed \(seed)") }
      #expect(
        decoded.rows.count <= others.count + 1 && rest.count <= wanted.count + 1, "seed \(seed)")
      told += decoded.batch.faults.isEmpty ? 0 : 1
    }
    #expect(rejected > FuzzTests.rounds / 2)
    // What the walker passes over unseen, such as a number with two points, is not told.
    #expect(told * 2 > rejected, "\(told) of \(rejected) invalid documents were told")
  }
}
