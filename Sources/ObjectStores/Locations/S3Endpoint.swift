// SPDX-License-Identifier: Apache-2.0

/// The address of a bucket.
struct S3Endpoint: Hashable, Sendable {
  let bucket: String
  /// A compatible store's address, such as `http://127.0.0.1:9000`; `nil` for AWS itself.
  let customURL: String?

  /// Creates the address of a bucket; slashes at the end of a custom URL mean nothing.
  init(bucket: String, customURL: String?) {
    self.bucket = bucket
    self.customURL = customURL.map { url in
      var trimmed = url
      while trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
      return trimmed
    }
  }

  /// Returns the URL of a key (an empty one: of the bucket) with a query.
  ///
  /// Why path style (`host/bucket/key`) for compatible stores: they rarely have a host name for
  /// each bucket. AWS wants the bucket in the host name, but a certificate for `*.s3…` holds for
  /// no name with dots, capitals or underscores.
  func url(key: String, query: [(name: String, value: String)], region: String) -> String {
    var url = bucketURL(region: region) + "/" + PercentEncoding.path(key)
    if !query.isEmpty { url += "?" + PercentEncoding.query(query) }
    return url
  }

  private func bucketURL(region: String) -> String {
    if let customURL { return customURL + "/" + PercentEncoding.encode(bucket) }
    let host = "s3." + region + "." + Self.domain(ofRegion: region)
    return fitsHostName ? "https://" + bucket + "." + host : "https://" + host + "/" + bucket
  }

  private var fitsHostName: Bool {
    bucket.utf8.count <= 63
      && bucket.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// The domain of a Region's services: the partitions are worlds of their own.
  static func domain(ofRegion region: String) -> String {
    if region.hasPrefix("cn-") { return "amazonaws.com.cn" }
    if region.hasPrefix("us-iso-") { return "c2s.ic.gov" }
    if region.hasPrefix("us-isob-") { return "sc2s.sgov.gov" }
    if region.hasPrefix("eusc-") { return "amazonaws.eu" }
    return "amazonaws.com"
  }

  /// Whether the text can be a Region: it goes into host names and signatures.
  static func isRegion(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
