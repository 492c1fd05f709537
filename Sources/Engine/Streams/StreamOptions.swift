// SPDX-License-Identifier: Apache-2.0

/// What a user may choose about a stream.
public struct StreamOptions: Sendable {
  /// What insights are judged by.
  public var detection = DetectionOptions()
  /// How late an event may come, in minutes: a minute is final once the newest event is so far past.
  public var latenessMinutes = 15
  /// How long an event is known again, in minutes of event time.
  public var duplicateWindowMinutes = 48 * 60

  /// Creates the options that are used unless others are chosen.
  public init() {}
}
