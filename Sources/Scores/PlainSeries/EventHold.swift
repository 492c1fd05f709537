// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Keeps what follows an event from being told as another one.
///
/// A score counts if it passes the highest one so far, which fades over 400 rows; after an alarm, a
/// score of 3, it must at first be ten times less likely, which fades over 100.
struct EventHold: Sendable {
  private static let fading = exp(-1.0 / 400)
  private static let alarm = 3.0
  private static let again = 1.0
  private static let againFading = exp(-1.0 / 100)

  private var held = 0.0
  private var margin = 0.0

  /// Returns the score if it tells of a new event, else 0.
  mutating func afterHold(_ score: Double) -> Double {
    let isNew = score > held + margin
    held *= Self.fading
    margin *= Self.againFading
    if score > held {
      held = score
      if score > Self.alarm { margin = Self.again }
    }
    return isNew ? score : 0
  }
}
