// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// How often each API of a service was called in a window, by an aggregated record of the template
/// `API_ACTIVITY`: counts, not calls.
public struct AggregatedActivity: Sendable {
  /// How often one API was called.
  public struct Statistic: Sendable {
    /// The call, such as `PutObject`.
    public let eventName: Symbol
    /// Calls in the window.
    public let count: Int32
  }

  /// The record's own identifier; `nil` where it has none.
  public let eventID: EventID?
  /// The account whose calls were summed up.
  public let recipientAccountID: Symbol
  /// The Region of the calls.
  public let awsRegion: Symbol
  /// The service, such as `s3.amazonaws.com`.
  public let eventSource: Symbol
  /// The minutes that were summed up, in practice five.
  public let window: MinuteRange
  /// The APIs, each once a window.
  public let statistics: [Statistic]
}
