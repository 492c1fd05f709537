// SPDX-License-Identifier: Apache-2.0

/// How long to wait before the next try: anything up to a bound that doubles with every try.
///
/// Why random all the way down to nothing: many workers that failed together must not come back
/// together ("full jitter"; Brooker, AWS Architecture Blog, 2015).
struct RetryPauses: Sendable {
  private let firstMilliseconds: Int
  private var state: UInt64

  static let longestMilliseconds = 20_000

  init(firstMilliseconds: Int, seed: UInt64) {
    self.firstMilliseconds = firstMilliseconds
    state = seed
  }

  /// Returns the pause after the given number of failed tries, in milliseconds.
  mutating func next(afterTries tries: Int) -> Int {
    let bound = min(Self.longestMilliseconds, firstMilliseconds << min(max(tries - 1, 0), 16))
    return bound == 0 ? 0 : Int(random() % UInt64(bound + 1))
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
