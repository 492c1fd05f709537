// SPDX-License-Identifier: Apache-2.0

/// An object as a listing tells of it.
public struct S3Object: Hashable, Sendable {
  /// The whole key, from the bucket on.
  public let key: String
  /// Its length in bytes, as it is stored.
  public let size: Int
  /// S3's mark of this content, without quotes: another content has another one.
  public let entityTag: String

  /// Creates an object from what a listing says.
  public init(key: String, size: Int, entityTag: String) {
    self.key = key
    self.size = size
    self.entityTag = entityTag
  }

  /// Whether it only makes a folder visible in a console: nothing is in it.
  var isFolderMarker: Bool { size == 0 && key.utf8.last == UInt8(ascii: "/") }
}
