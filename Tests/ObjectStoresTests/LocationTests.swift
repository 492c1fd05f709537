// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ObjectStores

@Suite struct LocationTests {
  @Test(arguments: [
    ("s3://bucket", "bucket", ""),
    ("s3://bucket/", "bucket", ""),
    ("s3://my.Bucket_1/AWSLogs/1/", "my.Bucket_1", "AWSLogs/1/"),
    ("s3://bucket//a b%20c", "bucket", "/a b%20c"),
    ("s3://bucket/\u{301}x", "bucket", "\u{301}x"),
  ])
  func aLocationIsABucketAndAPrefix(text: String, bucket: String, prefix: String) {
    #expect(S3Location(parsing: text) == S3Location(bucket: bucket, prefix: prefix))
  }

  @Test(arguments: [
    "", "s3:", "s3://", "s3:///key", "S3://bucket", "bucket/key", "s3://ab", "s3://-ab/c",
    "s3://.abc", "s3://a b c", "s3://a@evil.test", "s3://bücket", "s3://abc~",
    "s3://" + String(repeating: "a", count: 256),
  ])
  func whatIsNoLocationIsNone(text: String) {
    #expect(S3Location(parsing: text) == nil)
  }

  @Test(arguments: [
    ("bucket", nil, "eu-west-3", "https://bucket.s3.eu-west-3.amazonaws.com/a%20b?x=1"),
    ("my.bucket", nil, "us-east-1", "https://s3.us-east-1.amazonaws.com/my.bucket/a%20b?x=1"),
    ("Old_One", nil, "us-east-1", "https://s3.us-east-1.amazonaws.com/Old_One/a%20b?x=1"),
    ("bucket", nil, "cn-north-1", "https://bucket.s3.cn-north-1.amazonaws.com.cn/a%20b?x=1"),
    ("bucket", "http://[::1]:9//", "x", "http://[::1]:9/bucket/a%20b?x=1"),
  ])
  func anEndpointGivesTheAddress(bucket: String, custom: String?, region: String, url: String) {
    let endpoint = S3Endpoint(bucket: bucket, customURL: custom)
    #expect(endpoint.url(key: "a b", query: [(name: "x", value: "1")], region: region) == url)
  }

  @Test func aQueryIsSortedAsItIsSigned() {
    let query = PercentEncoding.query([
      (name: "b", value: "ä/+ ~"), (name: "a-b", value: "="), (name: "a", value: "%2F"),
    ])
    #expect(query == "a=%252F&a-b=%3D&b=%C3%A4%2F%2B%20~")
  }

  @Test(arguments: ["a/b", "ä + b", "%", "%zz%4", "日本", "\u{0}\n", ""])
  func encodingIsUndoneByDecoding(text: String) {
    #expect(Array(PercentEncoding.decode(PercentEncoding.encode(text)).utf8) == Array(text.utf8))
  }

  @Test func decodingTakesFormsAndWhatIsNone() {
    #expect(PercentEncoding.decode("a+b%2Bc%2fd%%4") == "a b+c/d%%4")
  }
}
