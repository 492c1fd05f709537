// SPDX-License-Identifier: Apache-2.0

/// A file of trail data, or standard input.
public struct TrailFile: Hashable, Sendable {
  /// The path of standard input.
  public static let standardInput = TrailFile(path: "-", size: 0)

  /// The path as it was given or found.
  public let path: String
  /// Bytes as stored; 0 where it cannot be known.
  public let size: Int

  /// Changes whenever the content does: the time of its last change, or an object's entity tag;
  /// empty where neither is known.
  public let stamp: String

  /// Creates the description of a file.
  public init(path: String, size: Int, stamp: String = "") {
    self.path = path
    self.size = size
    self.stamp = stamp
  }
}
