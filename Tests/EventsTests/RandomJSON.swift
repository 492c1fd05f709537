// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// Writes random records as random JSON: any order of keys, any blanks, any escapes.
struct RandomJSON {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A document of some records, in one of the arrangements, with the records' own texts.
  mutating func document() -> (text: String, records: [String]) {
    let records = (0..<number(1, 6)).map { record($0) }
    let comma = blanks() + "," + blanks()
    let list = "[" + blanks() + records.joined(separator: comma) + blanks() + "]"
    return (chance(3) ? list : "{" + blanks() + "\"Records\":" + list + "}" + blanks(), records)
  }

  /// A record, most of whose fields are there; `number` makes its identifier.
  mutating func record(_ number: Int) -> String {
    let isSignIn = chance(8)
    let name = isSignIn ? "ConsoleLogin" : pick(["RunInstances", "GetRole", "ListKeys", "PutX"])
    let source = isSignIn ? "signin.amazonaws.com" : pick(["ec2.amazonaws.com", "iam.x", "é😀.y"])
    var pairs = [
      ("eventTime", text("2026-03-0\(number % 9 + 1)T02:0\(self.number(0, 9)):05Z")),
      ("eventName", text(name)), ("eventSource", text(source)),
      ("eventID", text("00000000-0000-4000-8000-00000000000\(number)")),
    ]
    pairs += [
      ("eventVersion", text("1.08")), ("awsRegion", odd("eu-west-1")), ("userAgent", odd("cli/2")),
      ("sourceIPAddress", odd("192.0.2.7")), ("errorCode", odd("AccessDenied")),
      ("readOnly", pick(["true", "false", "null", "\"true\"", "\"x\""])),
      ("managementEvent", pick(["true", "false", "null"])),
      ("eventCategory", pick([text("Management"), text("Data"), "null", text("Other")])),
      ("recipientAccountId", pick([text("111122223333"), "null"])), ("userIdentity", identity()),
      ("addendum", addendum()), ("requestParameters", value(4)), ("x" + pick(["", "é"]), value(3)),
      ("responseElements", object([("ConsoleLogin", text(pick(["Success", "Failure"])))])),
      ("errorMessage", odd("Failed authentication")),
    ].filter { _ in !chance(3) }
    return object(pairs)
  }

  private mutating func identity() -> String {
    let types = ["IAMUser", "AssumedRole", "Role", "FederatedUser", "AWSAccount", "AWSService"]
    let issuer = object([("arn", text("arn:aws:iam::1:role/R")), ("type", text("Role"))])
    let pairs = [
      ("type", text(pick(types))), ("accountId", text("444455556666")),
      ("arn", text(pick(["arn:aws:iam::1:user/a", "arn:aws:sts::1:assumed-role/R/session"]))),
      ("principalId", text("AIDA:é")), ("userName", text("alice")), ("accessKeyId", text("AKIA")),
      ("invokedBy", text("AWS Internal")), ("sessionContext", object([("sessionIssuer", issuer)])),
    ].filter { _ in !chance(2) }
    return object(pairs)
  }

  private mutating func addendum() -> String {
    object([
      ("reason", text(pick(["UPDATED_DATA", "DELIVERY_DELAY"]))),
      ("originalEventID", text("original-\(number(0, 9))")),
    ])
  }

  /// A text, or now and then something that does not belong there.
  private mutating func odd(_ usual: String) -> String {
    chance(4) ? value(2) : text(usual + pick(["", "\"", "\\", "\u{1}", "/é", "😀", " , ] }"]))
  }

  /// Any value.
  private mutating func value(_ depth: Int) -> String {
    switch number(0, depth > 0 ? 7 : 5) {
    case 0: return pick(["null", "true", "false"])
    case 1: return pick(["0", "-1.5", "1e9", "12345678901"])
    case 2...5:
      return text(pick(["", "{\"eventName\":\"x\"}", "]}", "a\\", "é", "Records", "\u{7F}"]))
    case 6:
      return "[" + blanks()
        + (0..<number(0, 3)).map { _ in value(depth - 1) }
        .joined(separator: blanks() + ",") + "]"
    default:
      let names = ["eventName", "Records", "arn", "odd \"key\""].shuffled(using: &random)
      return object(names.prefix(number(0, 3)).map { ($0, value(depth - 1)) })
    }
  }

  private mutating func object(_ pairs: [(String, String)]) -> String {
    let parts = pairs.shuffled(using: &random).map { key, value in
      text(key) + blanks() + ":" + blanks() + value
    }
    return "{" + blanks() + parts.joined(separator: blanks() + ",") + blanks() + "}"
  }

  /// A string, each of whose characters may be escaped.
  private mutating func text(_ content: String) -> String {
    let isPlain = !chance(6)
    var text = "\""
    for scalar in content.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\" + String(scalar)
      case "\u{0}"..<" ": text += escape(scalar)
      case "/" where chance(3): text += "\\/"
      default: text += isPlain || !chance(3) ? String(scalar) : escape(scalar)
      }
    }
    return text + "\""
  }

  private mutating func escape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: chance(2))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private mutating func blanks() -> String { pick(["", "", "", " ", "\n", "\t\r\n  "]) }
  private mutating func chance(_ oneIn: Int) -> Bool { number(1, oneIn) == 1 }
  private mutating func number(_ low: Int, _ high: Int) -> Int {
    Int.random(in: low...high, using: &random)
  }
  private mutating func pick(_ choices: [String]) -> String {
    choices[number(0, choices.count - 1)]
  }
}
