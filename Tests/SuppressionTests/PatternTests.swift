// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Suppression

/// Patterns against events: each operator of EventBridge's language, matching and not.
@Suite struct PatternTests {
  static let event = """
    {"detail":{"state":"Start","n":300,"empty":null,"flag":true,"list":["a","b"],"none":[],
    "ip":"10.0.1.7","ip6":"2001:db8::7","object":{"inner":"x"},
    "rows":[{"name":"who","value":"alice"},{"name":"how","value":"boto"}]}}
    """

  @Test(arguments: [
    (#"{"state":["Start"]}"#, true), (#"{"state":["start"]}"#, false),
    (#"{"state":["End","Start"]}"#, true), (#"{"state":["Start"],"n":[301]}"#, false),
    (#"{"n":[300]}"#, true), (#"{"n":[300.0]}"#, false), (#"{"n":["300"]}"#, false),
    (#"{"empty":[null]}"#, true), (#"{"state":[null]}"#, false), (#"{"gone":[null]}"#, false),
    (#"{"flag":[true]}"#, true), (#"{"flag":[false]}"#, false),
    (#"{"list":["b","z"]}"#, true), (#"{"list":["z"]}"#, false),
    (#"{"state":[{"prefix":"St"}]}"#, true), (#"{"state":[{"prefix":"st"}]}"#, false),
    (#"{"state":[{"prefix":{"equals-ignore-case":"sT"}}]}"#, true),
    (#"{"state":[{"suffix":"art"}]}"#, true), (#"{"state":[{"suffix":"Art"}]}"#, false),
    (#"{"state":[{"suffix":{"equals-ignore-case":"ART"}}]}"#, true),
    (#"{"n":[{"prefix":"3"}]}"#, false),
    (#"{"state":[{"equals-ignore-case":"START"}]}"#, true),
    (#"{"state":[{"equals-ignore-case":"STARTS"}]}"#, false),
    (#"{"state":[{"wildcard":"S*t"}]}"#, true), (#"{"state":[{"wildcard":"S*r"}]}"#, false),
    (#"{"state":[{"wildcard":"*"}]}"#, true), (#"{"state":[{"wildcard":"St\\*rt"}]}"#, false),
  ])
  func `values and texts`(pattern: String, isMatch: Bool) throws {
    try check(pattern, isMatch)
  }

  @Test(arguments: [
    (#"{"state":[{"anything-but":"End"}]}"#, true),
    (#"{"state":[{"anything-but":["End","Start"]}]}"#, false),
    (#"{"gone":[{"anything-but":"End"}]}"#, false),
    (#"{"n":[{"anything-but":[1,2]}]}"#, true), (#"{"n":[{"anything-but":[300]}]}"#, false),
    (#"{"state":[{"anything-but":{"prefix":"St"}}]}"#, false),
    (#"{"state":[{"anything-but":{"prefix":["X","Y"]}}]}"#, true),
    (#"{"state":[{"anything-but":{"suffix":"t"}}]}"#, false),
    (#"{"state":[{"anything-but":{"equals-ignore-case":["start"]}}]}"#, false),
    (#"{"state":[{"anything-but":{"wildcard":"*z*"}}]}"#, true),
    (#"{"n":[{"numeric":[">",0,"<=",300]}]}"#, true),
    (#"{"n":[{"numeric":["<",300]}]}"#, false), (#"{"n":[{"numeric":["=",3e2]}]}"#, true),
    (#"{"state":[{"numeric":["=",3]}]}"#, false),
    (#"{"ip":[{"cidr":"10.0.0.0/16"}]}"#, true), (#"{"ip":[{"cidr":"10.0.0.0/24"}]}"#, false),
    (#"{"ip":[{"cidr":"0.0.0.0/0"}]}"#, true), (#"{"ip":[{"cidr":"::/0"}]}"#, false),
    (#"{"ip6":[{"cidr":"2001:db8::/32"}]}"#, true),
    (#"{"ip6":[{"cidr":"2001:db9::/32"}]}"#, false), (#"{"state":[{"cidr":"::/0"}]}"#, false),
  ])
  func `exceptions, numbers and addresses`(pattern: String, isMatch: Bool) throws {
    try check(pattern, isMatch)
  }

  @Test(arguments: [
    (#"{"state":[{"exists":true}]}"#, true), (#"{"state":[{"exists":false}]}"#, false),
    (#"{"gone":[{"exists":false}]}"#, true), (#"{"gone":{"deep":[{"exists":false}]}}"#, true),
    (#"{"object":[{"exists":true}]}"#, false), (#"{"object":[{"exists":false}]}"#, true),
    (#"{"none":[{"exists":false}]}"#, true), (#"{"empty":[{"exists":true}]}"#, true),
    (#"{"rows":{"name":[{"exists":false}]}}"#, false),
    (#"{"object":{"inner":["x"]}}"#, true), (#"{"state":{"inner":["x"]}}"#, false),
    (#"{"rows":{"name":["who"],"value":["alice"]}}"#, true),
    (#"{"rows":{"name":["who"],"value":["boto"]}}"#, false),
    (#"{"$or":[{"state":["End"]},{"n":[300]}]}"#, true),
    (#"{"$or":[{"state":["End"]},{"n":[301]}]}"#, false),
    (#"{"flag":[false],"$or":[{"n":[300]},{"n":[301]}]}"#, false),
    (#"{"$or":[{"n":[1]},{"$or":[{"n":[2]},{"state":["Start"]}]}]}"#, true),
    (#"{"state":["End"],"state":["Start"]}"#, true),
  ])
  func `structure`(pattern: String, isMatch: Bool) throws {
    try check(pattern, isMatch)
  }

  @Test(arguments: [
    ("S*e", "Sce", true), ("S*e", "Se", true), ("S*e", "S", false), ("a*b*c", "a-b-b-c", true),
    ("a*b*c", "a-c-b", false), ("*b*", "abc", true), ("ab*ba", "aba", false), ("", "", true),
    (#"\*\\"#, #"*\"#, true), ("é*", "été", true),
  ])
  func `wildcards`(wildcard: String, text: String, isMatch: Bool) throws {
    #expect(try Wildcard.parse(wildcard).get().matches(text) == isMatch)
  }

  @Test(arguments: [
    "10.0.0.0/33", "10.0.0/8", "10.0.0.0", "256.0.0.0/8", ":::/8", "::1/129", "x/1",
  ])
  func `what is no block of addresses`(text: String) {
    #expect(AddressBlock(text) == nil)
  }

  private func check(_ pattern: String, _ isMatch: Bool) throws {
    let compiled = try PatternCompiler.compile(node(#"{"detail":"# + pattern + "}"))
    #expect(compiled.matches(try node(Self.event)) == isMatch)
  }

  private func node(_ text: String) throws -> JSONNode {
    var parser = JSONParser(Array(text.utf8))
    return try parser.next()
  }
}
