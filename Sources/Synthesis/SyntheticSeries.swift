// SPDX-License-Identifier: Apache-2.0
public import Vocabulary

/// How the usual activity of a series comes about.
public enum SeriesFamily: String, CaseIterable, Sendable {
  case steady, diurnal, sparse, scheduled, clumpy, growth
  /// An error-rate series of a read-only API, with a rate of its own.
  case errorProne = "error_prone"
  /// An error-rate series whose errors are a share of the calls of a call-rate series.
  case failingCalls = "failing_calls"
  /// An API that is never called, except in an incident.
  case unseen
  /// An API that appears in the middle of the trail, with single calls.
  case newcomer
  /// Successful reads, which belong to no series and are only there as most of a trail.
  case background
}

/// One series of a synthetic trail: its key, its callers and its true law.
public struct SyntheticSeries: Sendable {
  /// The key, as it stands in reports.
  public let key: SeriesKey
  /// How its usual activity comes about.
  public let family: SeriesFamily
  let index: Int
  let law: SeriesLaw
  let callers: CallerMix
  let isReadOnly: Bool
  /// The index of the series whose calls fail, and how many of them do.
  var parent: (index: Int, share: Double)?

  /// Whether it is called about once an hour or less.
  public var isSparse: Bool { law.averageRate * (parent?.share ?? 1) < 1.2 / 60 }
}

/// Who calls an API, and how often compared to one another.
struct CallerMix: Sendable {
  /// Callers of the account, by index; the usual biggest first.
  let indices: [Int]
  /// As many, adding up to 1.
  let weights: [Double]

  init(callerCount: Int, _ random: inout SeededGenerator) {
    var all = Array(0..<callerCount)
    random.permute(&all)
    let count = [1, 1, 2, 3, 3, 4, 5][random.integer(below: 7)]
    indices = Array(all.prefix(count))
    let ratio = random.uniform(0.2, 0.6)
    var raw: [Double] = []
    for _ in indices { raw.append((raw.last ?? 1 / ratio) * ratio) }
    let sum = raw.reduce(0, +)
    weights = raw.map { $0 / sum }
  }
}
