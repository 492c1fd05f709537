// SPDX-License-Identifier: Apache-2.0

/// A part of the input that could not be read: data, not an error.
public struct Fault: Hashable, Codable, Sendable {
  /// What is wrong, under the name that the coverage part of a report counts it by.
  public enum Kind: String, CaseIterable, Codable, Sendable {
    case emptyFile = "empty_file"
    case unreadable = "unreadable"
    case truncatedGzip = "truncated_gzip"
    case damagedGzip = "damaged_gzip"
    case damagedArchive = "damaged_archive"
    case unsupportedArchive = "unsupported_archive"
    case trailingBytes = "trailing_bytes"
    case notTrailData = "not_trail_data"
    case truncatedJSON = "truncated_json"
    case damagedJSON = "damaged_json"
    case invalidUTF8 = "invalid_utf8"
    case tooDeep = "too_deep"
    case tooLarge = "too_large"
    case missingEventTime = "missing_event_time"
    case eventTimeOutOfRange = "event_time_out_of_range"
    case missingField = "missing_field"
    case malformedRow = "malformed_row"
  }

  /// What is wrong.
  public let kind: Kind
  /// The file's path, or `-` for standard input.
  public let file: String
  /// Byte offset in the plain (decompressed) content.
  public let offset: Int
  /// Bytes that were skipped because of it; 0 where nothing was lost.
  public let skippedBytes: Int
  /// One clause for a person, such as `no eventTime`.
  public let reason: String

  /// Creates a fault.
  public init(kind: Kind, file: String, offset: Int, skippedBytes: Int, reason: String) {
    self.kind = kind
    self.file = file
    self.offset = offset
    self.skippedBytes = skippedBytes
    self.reason = reason
  }
}
