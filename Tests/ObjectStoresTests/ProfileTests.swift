// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ObjectStores

@Suite struct ProfileTests {
  @Test func sectionsAndSettingsAreReadAsTheCommandLineToolDoes() {
    let file = ProfileFile(
      Array(
        """
        # a comment
        ; another
        stray = value
        [default]
        Region=eu-west-1
        aws_secret_access_key = a=b:c#d ; e
        s3 =
          addressing_style = path
          region = nested
        [profile  audit]
        region: us-east-2
        [profile "two words"]
        credential_process = "/opt/my tool" --x 'y z'\r
        [default]
        output = json
        no setting
        """.utf8))
    #expect(
      file.sections["default"] == [
        "region": "eu-west-1", "aws_secret_access_key": "a=b:c#d ; e", "s3": "", "output": "json",
      ])
    #expect(file.configuration(ofProfile: "default")?["region"] == "eu-west-1")
    #expect(file.configuration(ofProfile: "audit") == ["region": "us-east-2"])
    #expect(
      file.configuration(ofProfile: "two words")
        == ["credential_process": "\"/opt/my tool\" --x 'y z'"])
    #expect(file.configuration(ofProfile: "nobody") == nil)
  }

  @Test(arguments: [
    (#"a b  c"#, ["a", "b", "c"]),
    (#"'a b' "c d" e\ f"#, ["a b", "c d", "e f"]),
    (#"a'b'"c"d"#, ["abcd"]),
    (#""a\"b\\c\d" 'a\b'"#, [#"a"b\c\d"#, #"a\b"#]),
    (#"'' """#, ["", ""]),
    ("$HOME *.x", ["$HOME", "*.x"]),
    ("", []),
  ])
  func wordsAreCutAsAShellCuts(text: String, words: [String]) {
    #expect(ShellWords.split(text) == words)
  }

  @Test(arguments: ["'a", "\"a", "a\\", "\"a\\\""])
  func openQuotesAreNoWords(text: String) {
    #expect(ShellWords.split(text) == nil)
  }

  @Test func fieldsOfJSONAreReadAndNestingIsPassedOver() throws {
    let text = #"""
       { "a" : "x\n\"\u00e9\ud83d\ude42", "n":-1.5e3, "t":true, "z":null,
         "deep": {"a":[1,{"b":"]}"}]}, "e":"" } 
      """#
    let fields = try #require(JSONFields(Array(text.utf8)))
    #expect(fields.values == ["a": "x\n\"é🙂", "n": "-1.5e3", "t": "true", "e": ""])
  }

  @Test(arguments: [
    "", "{", "[]", "{}x", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":"b}"#, #"{"a":"\q"}"#,
    #"{"a":"\u12"}"#, #"{"a":"\u+123"}"#, "{\"a\":\"\n\"}", #"{"a":word}"#,
    String(repeating: #"{"a":"#, count: 99),
  ])
  func whatIsNoObjectIsNone(text: String) {
    #expect(JSONFields(Array(text.utf8)) == nil)
  }

  @Test func aSecretIsNeverPrinted() {
    let keys = Credentials(
      accessKeyID: "AKIAEXAMPLE", secretAccessKey: "s3cr3t", sessionToken: "t0k3n")
    var dumped = ""
    dump(keys, to: &dumped)
    for text in ["\(keys)", String(reflecting: keys), dumped, "\([keys])"] {
      #expect(!text.contains("s3cr3t") && !text.contains("t0k3n"))
    }
  }

  @Test(arguments: [
    ("https://example.test/x", true), ("http://127.0.0.1:80/x", true), ("http://[::1]/x", true),
    ("http://169.254.170.2/x", true), ("http://localhost/", true), ("http://example.test/", false),
    ("http://127.0.0.1.example.test/", false), ("http://127.0.0.1@example.test/", false),
    ("http://[fd00:ec2::23]/v1", true), ("http://169.254.170.23/v1", true), ("ftp://x", false),
    ("http://example.test\\@127.0.0.1/", false),
  ])
  func tokensGoOnlyToTrustedAddresses(url: String, isTrusted: Bool) {
    #expect(MetadataService.isTrusted(url) == isTrusted)
  }
}
