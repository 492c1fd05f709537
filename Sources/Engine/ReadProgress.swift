// SPDX-License-Identifier: Apache-2.0

/// How far the reading of trail data has come.
public struct ReadProgress: Sendable {
  /// Files done with so far.
  public var filesRead = 0
  /// Files to read; 0 where the total is not known.
  public var filesTotal = 0
  /// Bytes read, as stored, before decompression.
  public var bytesRead = 0
  /// Bytes to read, as stored; 0 where the total is not known, as on standard input.
  public var bytesTotal = 0
  /// Events decoded so far, copies included.
  public var events = 0

  /// Creates the progress of a reading that has not begun.
  public init() {}
}
