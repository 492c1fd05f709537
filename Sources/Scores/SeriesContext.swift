// SPDX-License-Identifier: Apache-2.0

/// What other series did meanwhile: what the counts of one series cannot tell alone.
public protocol SeriesContext {
  /// The calls that a series' events are the errors of; `nil` where they are not counted.
  func calls(in minutes: Range<Int>) -> CallActivity?

  /// What the busy series around did; `nil` where there are too few to tell.
  func peers(in minutes: Range<Int>) -> PeerActivity?
}

/// Calls in some minutes.
public struct CallActivity: Sendable {
  /// How many there were.
  public let count: Int
  /// How many were expected, scheduled ones among them.
  public let expected: Double

  /// Creates the activity of some minutes.
  public init(count: Int, expected: Double) {
    self.count = count
    self.expected = expected
  }
}

/// What the busy series of an account and Region did in some minutes, beside one of them.
public struct PeerActivity: Sendable {
  /// Fewer peers say nothing.
  public static let fewest = 3
  /// A series is busy from so many expected events on.
  public static let leastExpected = 10.0

  /// Events over the expected of the peer in the middle.
  public let medianRatio: Double
  /// Events over the expected of each, ascending.
  private let ratios: [Double]

  /// Creates the activity of peers by their counts and expectations; `nil` of too few.
  public init?(_ peers: [(count: Int, expected: Double)]) {
    let ratios = peers.filter { $0.expected >= Self.leastExpected }
      .map { Double($0.count) / $0.expected }.sorted()
    guard ratios.count >= Self.fewest else { return nil }
    medianRatio = ratios[ratios.count / 2]
    self.ratios = ratios
  }

  /// Whether more than one in ten, and more than one, fell at least half as far as a series that came
  /// to some of what it expects: a holiday or an outage, and no drop of one series.
  public func fellTogether(with ratio: Double) -> Bool {
    let fallen = ratios.prefix { $0 < (1 + ratio) / 2 }.count
    return fallen > max(1, ratios.count / 10)
  }
}
