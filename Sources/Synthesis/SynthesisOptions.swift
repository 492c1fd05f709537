// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// What a synthetic trail is made from; equal options give equal bytes.
public struct SynthesisOptions: Sendable {
  /// Every random number follows from it.
  public var seed: UInt64
  /// The first day, in UTC; a Monday unless chosen otherwise.
  public var firstDay = CivilDate(year: 2026, month: 1, day: 5)
  /// Days that the trail covers, at least 1.
  public var days = 21
  /// Series that are analysed, at least 1.
  public var seriesCount = 300
  /// About how many events there are; `nil` for about 159 a day and series.
  public var eventTarget: Int?
  /// Whether there are no incidents, only lures.
  public var incidentFree = false

  /// Creates options with a seed and the defaults.
  public init(seed: UInt64) {
    self.seed = seed
  }
}
