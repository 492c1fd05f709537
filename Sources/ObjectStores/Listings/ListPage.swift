// SPDX-License-Identifier: Apache-2.0

/// One page of ListObjectsV2's answer.
struct ListPage: Hashable, Sendable {
  var objects: [S3Object] = []
  /// With a delimiter: the folders at this level, each ending in `/`.
  var folders: [String] = []
  /// How to ask for the next page; `nil` on the last.
  var continuation: String?

  /// Reads an answer; `nil` where it is not whole.
  init?(_ body: [UInt8]) {
    guard let root = XMLElement.parse(body), root.name == "ListBucketResult" else { return nil }
    let isEncoded = root.text(of: "EncodingType") == "url"
    func decode(_ text: String) -> String { isEncoded ? PercentEncoding.decode(text) : text }
    for entry in root.children(named: "Contents") {
      guard let key = entry.text(of: "Key"), let size = entry.text(of: "Size").flatMap({ Int($0) })
      else { return nil }
      let tag = entry.text(of: "ETag")?.filter { $0 != "\"" } ?? ""
      objects.append(S3Object(key: decode(key), size: size, entityTag: tag))
    }
    folders = root.children(named: "CommonPrefixes").compactMap { $0.text(of: "Prefix") }
      .map(decode)
    guard root.text(of: "IsTruncated") == "true" else { return }
    guard let token = root.text(of: "NextContinuationToken") else { return nil }
    continuation = token
  }
}
