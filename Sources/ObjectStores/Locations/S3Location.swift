// SPDX-License-Identifier: Apache-2.0

/// A bucket, and the beginning of the keys in it that are meant: `s3://bucket/prefix`.
public struct S3Location: Hashable, Sendable {
  /// The bucket's name.
  public let bucket: String
  /// The keys' beginning, as typed; empty for the whole bucket.
  public let prefix: String

  /// What such a place begins with.
  public static let scheme = "s3://"

  /// Creates a location from its two parts.
  public init(bucket: String, prefix: String) {
    self.bucket = bucket
    self.prefix = prefix
  }

  /// Reads `s3://bucket/prefix`; `nil` where the text is no such place.
  ///
  /// The prefix is taken literally, as S3 does: `%20` in it is three characters. A name that is no
  /// bucket's (S3's rules: 3 to 63 of `a-z 0-9 . -`, older ones also `A-Z _` up to 255) is refused
  /// before any request is made with it.
  public init?(parsing text: String) {
    // Bytes, not Characters: a slash and the accent after it would be one Character.
    guard text.utf8.starts(with: Self.scheme.utf8) else { return nil }
    let rest = text.utf8.dropFirst(Self.scheme.utf8.count)
    let bucket = rest.prefix { $0 != UInt8(ascii: "/") }
    guard Self.isBucketName(bucket) else { return nil }
    self.bucket = String(decoding: bucket, as: UTF8.self)
    prefix = String(decoding: rest[bucket.endIndex...].dropFirst(), as: UTF8.self)
  }

  /// The location as it is typed.
  public var text: String { url(ofKey: prefix) }

  /// The location of a key in the same bucket.
  public func url(ofKey key: String) -> String { Self.scheme + bucket + "/" + key }

  private static func isBucketName(_ name: Substring.UTF8View) -> Bool {
    guard (3...255).contains(name.count), name.first != UInt8(ascii: "."),
      name.first != UInt8(ascii: "-")
    else { return false }
    return name.allSatisfy { $0.isUnreserved && $0 != UInt8(ascii: "~") }
  }
}
