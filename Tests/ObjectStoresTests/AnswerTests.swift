// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ObjectStores

@Suite struct AnswerTests {
  private static let page = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment <a> -->
    <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/" note='a>b'>
      <Name>bucket</Name><EncodingType>url</EncodingType><Prefix/><IsTruncated>true</IsTruncated>
      <NextContinuationToken>1ueG&amp;&#x41;&#66;==</NextContinuationToken>
      <Contents><Key>a+b%2Bc</Key><Size>3</Size><ETag>&quot;0f&quot;</ETag></Contents>
      <Contents><Key><![CDATA[x<y>&amp;]]></Key><Size>0</Size></Contents>
      <CommonPrefixes><Prefix>2026%2F</Prefix></CommonPrefixes>
    </ListBucketResult>

    """

  @Test func aPageIsRead() throws {
    let page = try #require(ListPage(Array(Self.page.utf8)))
    #expect(
      page.objects == [
        S3Object(key: "a b+c", size: 3, entityTag: "0f"),
        S3Object(key: "x<y>&amp;", size: 0, entityTag: ""),
      ])
    #expect(page.folders == ["2026/"])
    #expect(page.continuation == "1ueG&AB==")
  }

  @Test func aPageThatIsCutAnywhereIsNone() {
    let bytes = Array(Self.page.utf8)
    for length in 0..<(bytes.count - 2) {
      #expect(ListPage(Array(bytes[..<length])) == nil, "cut at \(length)")
    }
  }

  @Test func aStretchOfKeysEndsWithThePageThatReachesItsEnd() throws {
    let page = try #require(ListPage(Array(Self.page.utf8)))
    #expect(!ListCall(prefix: "", step: .listAll).isOver(page))
    for (before, isOver) in [("x<z", false), ("x<y>&amp;", true), ("a", true)] {
      let call = ListCall(prefix: "", step: .listBetween(after: nil, before: before))
      #expect(call.isOver(page) == isOver, "before \(before)")
    }
    var call = ListCall(prefix: "", step: .listBetween(after: "a b", before: nil))
    #expect(call.query.contains { $0 == ("start-after", "a b") })
    call.continuation = "1ueG"
    #expect(!call.query.contains { $0.name == "start-after" })
  }

  @Test(arguments: [
    "<a><b></a></b>", "<a>", "</a>", "<a/><b/>", "x<a/>", "<a>&nope;</a>", "<a>&#xD800;</a>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a", "<a b='<'/>", "< a/>", "<a>&amp</a>",
    String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40),
  ])
  func whatIsNotWellFormedIsNone(text: String) {
    #expect(XMLElement.parse(Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    (200, "", "", S3Verdict.done),
    (500, "InternalError", "", .later),
    (503, "SlowDown", "", .later),
    (429, "", "", .later),
    (400, "RequestTimeout", "", .later),
    (403, "AccessDenied", "", .final),
    (404, "NoSuchKey", "", .final),
    (400, "ExpiredToken", "", .expired),
    (301, "PermanentRedirect", "eu-west-3", .elsewhere(region: "eu-west-3")),
    (403, "AccessDenied", "eu-west-3", .elsewhere(region: "eu-west-3")),
    (403, "AccessDenied", "eu-west-1", .final),
    (301, "PermanentRedirect", "evil.test/", .final),
    (404, "NoSuchKey", "eu-west-3", .final),
  ])
  func anAnswerHasAVerdict(status: Int, code: String, region: String, verdict: S3Verdict) {
    var response = HTTPResponse(status: status)
    if !region.isEmpty { response.headers["x-amz-bucket-region"] = region }
    let error = XMLElement(name: "Error", children: [XMLElement(name: "Code", text: code)])
    #expect(S3Verdict(response, error: error, askedRegion: "eu-west-1") == verdict)
  }

  @Test func aReasonIsOneLineWithoutControlCharacters() {
    let error = XMLElement(
      name: "Error",
      children: [
        XMLElement(name: "Code", text: "AccessDenied"),
        XMLElement(name: "Message", text: "no\n\u{1B}[31mway\u{202E}"),
      ])
    let failure = S3Failure(
      place: "s3://b/k", response: HTTPResponse(status: 403), error: error)
    #expect(failure.reason == "AccessDenied: no  [31mway  (HTTP 403)")
    let silent = S3Failure(place: "s3://b/k", response: HTTPResponse(status: 404), error: nil)
    #expect(silent.reason == "NotFound (HTTP 404)")
  }

  @Test func pausesAreWithinABoundThatDoubles() {
    var pauses = RetryPauses(firstMilliseconds: 100, seed: 7)
    var again = RetryPauses(firstMilliseconds: 100, seed: 7)
    for tries in 1...200 {
      let pause = pauses.next(afterTries: tries)
      #expect((0...min(20_000, 100 << min(tries - 1, 16))).contains(pause))
      #expect(pause == again.next(afterTries: tries))
    }
    var none = RetryPauses(firstMilliseconds: 0, seed: 7)
    #expect(none.next(afterTries: 3) == 0)
  }
}
