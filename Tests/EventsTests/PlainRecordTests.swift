// SPDX-License-Identifier: Apache-2.0
import Bytes
import TestSupport
import Testing
import Vocabulary

@testable import Events

/// Records taken in one go, beside the walk pair by pair.
@Suite struct PlainRecordTests {
  @Test func `what is walked in one go is what is walked pair by pair`() {
    for seed in 0..<FuzzTests.rounds {
      var random = SeededGenerator(seed: seed)
      var json = RandomJSON(seed: seed)
      var bytes: [UInt8] = []
      for _ in 0..<3 { bytes += Array(json.document().text.utf8) + [UInt8(ascii: "\n")] }
      for _ in 0..<Int(seed % 4) { FuzzTests.mutate(&bytes, &random) }
      #expect(decoded(bytes) == decoded(bytes, takesPairs: true), "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      #"{"eventName":"A","eventSource":"s"}"#, #"{"eventName" : "A" , "eventSource":"s" }"#,
      #"{"eventSource":"s","eventName":"A","x":{"a":[{},[],[1,{"b":null}]]}}"#,
      #"{"eventName":"A","eventSource":"s","userIdentity":{}}"#,
      #"{"eventName":"A","eventSource":"s","userIdentity":{"sessionContext":{"sessionIssuer":{}}}}"#,
      #"{"eventName":"A","eventSource":"s","userIdentity":{"arn":"\\u0061","type":null},"x":"\\""}"#,
      #"{"eventName":"A","eventSource":"s","userIdentity":["arn"],"userAgent":{"a":1}}"#,
      #"{"eventName":"A","eventSource":"s","eventName":null,"eventName":"B",}"#,
      #"{"eventName":"A","eventSource":"s","Records":[{"eventName":"B","eventSource":"s"}]}"#,
      #"{"eventName":"A","eventSource":"s","x":[1}}"#,
      #"{"eventName":"A","eventSource":"s","x":[1,]}"#,
      #"{"eventName":"A","eventSource":"s","x":{"a"}}"#, #"{"eventName":"A" "eventSource":"s"}"#,
      #"{"eventName":"A","eventSource":"s","userAgent":tru"#, #"{"eventName":"A","eventSource":"#,
    ])
  func `corners of records`(record: String) {
    let time = #""eventTime":"2026-03-01T02:00:05Z","#
    let timed = record.replacing("{\"event", with: "{" + time + "\"event")
    for text in [timed, "[" + timed + "," + timed + "]", "{\"Records\":[" + timed + "]}"] {
      let bytes = Array(text.utf8)
      #expect(decoded(bytes) == decoded(bytes, takesPairs: true))
    }
  }

  @Test func `brackets deeper than their kinds are known`() {
    for depth in [62, 63, 64, 65, 200] {
      let lists = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
      let text = #"{"eventName":"A","eventSource":"s","x":"# + lists + "}"
      #expect(decoded(Array(text.utf8)) == decoded(Array(text.utf8), takesPairs: true))
    }
  }

  private func decoded(_ bytes: [UInt8], takesPairs: Bool = false) -> [String] {
    var decoder = EventDecoder()
    if takesPairs { decoder.levels[0].table.takePairs() }
    var batch = EventBatch()
    decoder.decode(PaddedBuffer(bytes), origin: EventOrigin(file: "test.json"), into: &batch)
    let symbols = decoder.symbols
    return batch.events.map { "\(Decoded.row($0, symbols, batch))" }
      + batch.faults.map { "\($0)" } + batch.notCalls.sorted { $0.key < $1.key }.map { "\($0)" }
  }
}
