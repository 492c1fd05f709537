// SPDX-License-Identifier: Apache-2.0

/// For which events a decoder reads who called, how and from where; of the others these texts stay
/// empty.
///
/// Why: most calls only read and feed no series, and their callers' texts are the longest.
public enum CallerReading: Sendable {
  /// For every event.
  case always
  /// For events that count in a series.
  case ofCounted
  /// For none.
  case never
}
