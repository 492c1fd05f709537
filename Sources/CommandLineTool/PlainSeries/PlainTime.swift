// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// A time as plain series write it.
enum PlainTime {
  /// Reads a time to the millisecond; `nil` where the text is none.
  ///
  /// Takes RFC 3339, with `T` or a space, also without a zone (taken as UTC), and numbers of
  /// seconds or, from 10¹¹ on, milliseconds since 1970.
  static func milliseconds(_ text: String) -> Int? {
    text.utf8.contains(UInt8(ascii: ":")) ? dated(text) : counted(text)
  }

  /// The largest number that is taken as seconds: the year 5138.
  private static let secondsLimit = 1e11

  private static func counted(_ text: String) -> Int? {
    guard let first = text.utf8.first, (48...57).contains(first), let number = Double(text),
      number < secondsLimit * 1000
    else { return Timestamp(rfc3339: text).map { $0.secondsSinceEpoch * 1000 } }
    return Int((number < secondsLimit ? number * 1000 : number).rounded())
  }

  private static func dated(_ text: String) -> Int? {
    let hasZone = text.utf8.dropFirst(19).contains { "Zz+-".utf8.contains($0) }
    guard let time = Timestamp(rfc3339: hasZone ? text : text + "Z") else { return nil }
    return time.secondsSinceEpoch * 1000 + fraction(text)
  }

  /// The milliseconds after the point.
  private static func fraction(_ text: String) -> Int {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    var milliseconds = 0
    var worth = 100
    for digit in text.utf8[text.utf8.index(after: point)...].prefix(3) {
      guard (48...57).contains(digit) else { break }
      milliseconds += Int(digit - 48) * worth
      worth /= 10
    }
    return milliseconds
  }
}
