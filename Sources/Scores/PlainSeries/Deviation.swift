// SPDX-License-Identifier: Apache-2.0
import Baselines

/// How far a series has left what is usual for it in the long run, in deviations.
///
/// It is the root mean square of three: the row, the last three rows together, and the row against
/// the profile of its day.
struct Deviation: Sendable {
  private static let memory = 5000.0

  private var level = RunningMoments(memory: memory)
  private var rows = RunningSpread(memory: memory)
  private var triples = RunningSpread(memory: memory)
  private var profile = RunningSpread(memory: memory)
  private var lastErrors = (0.0, 0.0)
  private var count = 0

  /// Returns the departure of a row, and learns it.
  mutating func deviations(_ value: Double, byTimeOfDay expected: Double) -> Double {
    defer {
      level.add(value)
      count += 1
    }
    guard count > 0 else { return 0 }
    let error = value - level.mean
    let triple = (error + lastErrors.0 + lastErrors.1) / 3.0.squareRoot()
    let profileError = value - expected
    let least = max(abs(level.mean) * 1e-4, 1e-12)
    let shares = (
      rows.share(of: error, least: least), triples.share(of: triple, least: least),
      profile.share(of: profileError, least: least)
    )
    rows.add(error)
    triples.add(triple)
    profile.add(profileError)
    lastErrors = (error, lastErrors.0)
    let squares = shares.0 * shares.0 + shares.1 * shares.1 + shares.2 * shares.2
    return (squares / 3).squareRoot()
  }
}
