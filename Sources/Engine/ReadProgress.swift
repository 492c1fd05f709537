// SPDX-License-Identifier: Apache-2.0

/// How far the reading of trail data has come.
public struct ReadProgress: Sendable {
  public var filesRead = 0
  public var filesTotal = 0
  /// Bytes as stored.
  public var bytesRead = 0
  /// 0 where the total is not known, as on standard input.
  public var bytesTotal = 0
  public var events = 0

  public init() {}
}
