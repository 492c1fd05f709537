// SPDX-License-Identifier: Apache-2.0

/// A part of compressed bytes that could not be expanded: data, not an error.
public struct ByteFault: Hashable, Sendable {
  /// What is wrong, under the name that a report's coverage part counts it by.
  public enum Kind: String, Sendable {
    case truncatedGzip = "truncated_gzip"
    case damagedGzip = "damaged_gzip"
    /// A zip or zstd file.
    case damagedArchive = "damaged_archive"
    /// A sound file of a zip archive that is encrypted, or packed in a way that is not known.
    case unsupportedArchive = "unsupported_archive"
    case trailingBytes = "trailing_bytes"
    case tooLarge = "too_large"
  }

  /// What is wrong.
  public let kind: Kind
  /// Offset in the plain content at which something is missing.
  public let offset: Int
  /// Compressed bytes that were not used; 0 where nothing was lost.
  public let skippedBytes: Int
  /// One clause for a person.
  public let reason: String

  /// Creates a fault.
  public init(kind: Kind, offset: Int, skippedBytes: Int, reason: String) {
    self.kind = kind
    self.offset = offset
    self.skippedBytes = skippedBytes
    self.reason = reason
  }
}
