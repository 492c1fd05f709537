// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Reports

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[2J", "\\u{1B}[2J"),
    ("a\r\nb", "a\\r\\nb"), ("\u{202E}gpj.exe", "\\u{202E}gpj.exe"), ("é名", "é名"),
    ("\u{9B}31m", "\\u{9B}31m"), ("\u{7F}", "\\u{7F}"), ("\0", "\\u{0}"),
  ])
  func `what drives a terminal is escaped`(text: String, shown: String) {
    #expect(escapingControls(text) == shown)
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("名前", 4), ("ｆ", 2), ("한글", 4),
    ("👩‍👩‍👧", 2), ("▁█", 2), ("…", 1), ("ｱ", 1),
  ])
  func `width counts columns, not characters`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test(arguments: [
    ("CreateAccessKey", 15, "CreateAccessKey"), ("CreateAccessKey", 8, "CreateA…"),
    ("名前名前", 6, "名前…"), ("名前名前", 7, "名前名…"), ("ab", 1, "…"), ("ab", 0, ""),
  ])
  func `what does not fit is cut`(text: String, width: Int, cut: String) {
    #expect(truncated(text, toWidth: width) == cut)
  }

  @Test func `long text is wrapped at spaces, long words where the line ends`() {
    #expect(wrapped("one two three", toWidth: 8) == ["one two", "three"])
    #expect(wrapped("abcdefghijkl mn", toWidth: 8) == ["abcdefgh", "ijkl mn"])
    #expect(wrapped("abc defg hi", toWidth: 8) == ["abc defg", "hi"])
    #expect(wrapped("", toWidth: 8) == [""])
  }

  @Test(arguments: [
    ("arn:aws:sts::111122223333:assumed-role/Deploy", "role/Deploy"),
    ("arn:aws:sts::111122223333:assumed-role/Deploy/session", "role/Deploy"),
    ("arn:aws:iam::111122223333:role/service-role/Deploy", "role/Deploy"),
    ("arn:aws:iam::999988887777:user/ci/alice", "user/alice @999988887777"),
    ("arn:aws-us-gov:iam::111122223333:root", "root"),
    ("arn:aws:iam::aws:policy/x", "policy/x @aws"),
    ("autoscaling.amazonaws.com", "autoscaling.amazonaws.com"),
    ("arn:aws:s3:::bucket", "arn:aws:s3:::bucket"), ("", ""),
    ("arn:aws:iam::111122223333:user/", "user/"),
  ])
  func `identities are named as people name them`(arn: String, name: String) {
    #expect(identityText(arn, inAccount: "111122223333") == name)
  }

  @Test func `a style is switched off after its text`() {
    #expect(TextStyle.red.painted("x", isColored: true) == "\u{1B}[1;31mx\u{1B}[0m")
    #expect(TextStyle.red.painted("x", isColored: false) == "x")
    #expect(TextStyle.plain.painted("x", isColored: true) == "x")
  }
}
