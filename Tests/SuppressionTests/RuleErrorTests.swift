// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Suppression

/// What is no rule is refused, with its place.
@Suite struct RuleErrorTests {
  @Test(arguments: [
    (#"{"name":"a","pattern":{"x":["y"]}"#, 1, 34, "a comma or '}' must stand here"),
    (#"{"name":"a"}"#, 1, 1, "the rule has no pattern"),
    (#"{"pattern":{"x":["y"]}}"#, 1, 1, "a rule needs a name"),
    ("[{\n \"name\":\"a\",\n \"expire\":1,\"pattern\":{}}]", 3, 2, "a rule has name"),
    (#"{"name":"é","pattern":{"x":"y"}}"#, 1, 28, "the value of a field is an array"),
    (#"{"name":"a","pattern":{}}"#, 1, 23, "a pattern must name a field"),
    (#"{"name":"a","pattern":{"x":[]}}"#, 1, 28, "an empty array matches nothing"),
    (#"{"name":"a","pattern":{"x":[{"prefx":"y"}]}}"#, 1, 30, "there is no operator \"prefx\""),
    (#"{"name":"a","pattern":{"x":[{"prefix":1}]}}"#, 1, 39, "prefix takes a string"),
    (#"{"name":"a","pattern":{"x":[{"exists":1}]}}"#, 1, 39, "exists takes true or false"),
    (#"{"name":"a","pattern":{"x":[{"numeric":["<",5,">",1]}]}}"#, 1, 40, "numeric takes"),
    (#"{"name":"a","pattern":{"x":[{"numeric":[">",5,"<",1]}]}}"#, 1, 40, "numeric takes"),
    (#"{"name":"a","pattern":{"x":[{"cidr":"10/8"}]}}"#, 1, 37, "cidr takes a block"),
    (#"{"name":"a","pattern":{"x":[{"wildcard":"a**b"}]}}"#, 1, 41, "two stars"),
    (#"{"name":"a","pattern":{"x":[{"wildcard":"a\\q"}]}}"#, 1, 41, "no escapes but"),
    (#"{"name":"a","pattern":{"x":[{"anything-but":["a",1]}]}}"#, 1, 50, "not both"),
    (#"{"name":"a","pattern":{"x":[{"anything-but":[]}]}}"#, 1, 45, "at least one"),
    (#"{"name":"a","pattern":{"x":[["y"]]}}"#, 1, 29, "an array must not stand in another"),
    (#"{"name":"a","expires":"soon","pattern":{"x":["y"]}}"#, 1, 23, "expires takes a time"),
    ("{\"name\":\"a\",\"pattern\":{\"x\":[\"y\n\"]}}", 1, 31, "a string must not hold a line end"),
    (#"{"name":"a","pattern":{"x":[01]}}"#, 1, 29, "no JSON number"),
    ("nonsense", 1, 1, "this is no JSON value"),
  ])
  func `the place and the reason`(text: String, line: Int, column: Int, reason: String) {
    do throws(SuppressionRules.Failure) {
      _ = try SuppressionRules(parsing: Array(text.utf8))
      Issue.record("this was taken for rules: \(text)")
    } catch {
      #expect(error.line == line && error.column == column, "\(error)")
      #expect(error.reason.contains(reason), "\(error)")
    }
  }

  @Test func `more than a thousand combinations are refused`() {
    let two = #""$or":[{"x":["1"]},{"x":["2"]}]"#
    var pattern = "{" + two + "}"
    for _ in 0..<9 { pattern = #"{"n":"# + pattern + "," + two + "}" }
    #expect(refuses(#"{"name":"a","pattern":"# + pattern + "}", "combinations"))
  }

  @Test func `deep nesting is refused, not a crash`() {
    #expect(refuses(String(repeating: "[", count: 100_000), "levels deep"))
  }

  @Test func `two rules of one name are refused`() {
    let rule = #"{"name":"a","pattern":{"x":["y"]}}"#
    #expect(refuses(rule + "\n" + rule, "same name"))
  }

  @Test(arguments: ["", " \n", "[]", "\u{FEFF}[]"])
  func `a file may hold no rules`(text: String) throws {
    _ = try SuppressionRules(parsing: Array(text.utf8))
  }

  private func refuses(_ text: String, _ reason: String) -> Bool {
    do throws(SuppressionRules.Failure) {
      _ = try SuppressionRules(parsing: Array(text.utf8))
      return false
    } catch {
      return error.reason.contains(reason)
    }
  }
}
