// SPDX-License-Identifier: Apache-2.0
import Events
import Testing
import Vocabulary

/// JSON in which any character may be written as an escape: keys, words and texts alike.
@Suite("Escapes where nobody needs them")
struct EscapeTests {
  /// Writes the characters of all strings as escapes, those for which `isEscaped` says so.
  static func escaped(_ json: String, where isEscaped: (Int) -> Bool) -> String {
    var text = ""
    var isString = false
    var isAfterBackslash = false
    for (index, scalar) in json.unicodeScalars.enumerated() {
      let isMark = scalar == "\"" && !isAfterBackslash
      let isPlain = isString && !isMark && !isAfterBackslash && scalar != "\\" && scalar.isASCII
      if isPlain, isEscaped(index) {
        let digits = String(scalar.value, radix: 16, uppercase: index % 2 == 0)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
      if isMark { isString.toggle() }
      isAfterBackslash = scalar == "\\" && !isAfterBackslash
    }
    return text
  }

  static var records: [[String: Any]] {
    [
      record(), record(["eventName": "DeleteVolume", "errorCode": "Client.Unauthorized"]),
      record(["readOnly": nil as Any?, "eventCategory": "Data", "userAgent": "a \"b\" \\ é"]),
    ]
  }

  @Test("All characters escaped, or some")
  func calls() {
    let text = json(["Records": Self.records])
    let expected = Decoded(text)
    #expect(expected.rows.count == 3)
    for step in 1...7 {
      let decoded = Decoded(Self.escaped(text) { $0 % step == 0 })
      #expect(decoded.rows == expected.rows, "each of \(step)")
      #expect(decoded.batch.faults.isEmpty && decoded.batch.recordCount == 3, "each of \(step)")
      #expect(decoded.batch.guessed == expected.batch.guessed, "each of \(step)")
    }
  }

  @Test("Other kinds of records, and wrapped ones")
  func otherKinds() {
    let insight = json(["eventCategory": "Insight", "eventType": "AwsCloudTrailInsight"])
    #expect(Decoded(Self.escaped(insight) { _ in true }).batch.notCalls == ["insight": 1])
    for shape in WrappedShape.allCases where !shape.rawValue.hasPrefix("tail") {
      let decoded = Decoded(Self.escaped(shape.text(Self.records)) { $0 % 3 == 0 })
      #expect(decoded.rows == Decoded(shape.text(Self.records)).rows, "\(shape)")
      #expect(decoded.batch.faults.isEmpty, "\(shape)")
    }
  }

  @Test("What only looks like an escape is none")
  func lookalikes() {
    let text = json(record(["eventName": "@"]))
    for (name, read) in [
      (#"\\u0041"#, #"\u0041"#), (#"\u005cu0041"#, #"\u0041"#), (#"\u0022"#, "\""),
    ] {
      #expect(Decoded(text.replacing("\"@\"", with: "\"\(name)\"")).names == [read])
    }
    let odd = text.replacing("eventName", with: #"event\u014eame"#)
    #expect(Decoded(odd).faultKinds == [.missingField])
  }
}
