// SPDX-License-Identifier: Apache-2.0

/// A second of UTC, as `eventTime` gives it.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  public let secondsSinceEpoch: Int

  /// Creates the time that lies a number of seconds after 1970-01-01T00:00:00Z.
  public init(secondsSinceEpoch: Int) {
    self.secondsSinceEpoch = secondsSinceEpoch
  }

  /// Creates a time from RFC 3339 text; `nil` where the text is none.
  ///
  /// Takes `T`, `t` or a space between date and time, fractions of any length (dropped, not
  /// rounded), and `Z`, `z` or an offset such as `+02:00`; a date alone is its midnight in UTC.
  /// Second 60 is taken as the next minute's first.
  public init?(rfc3339 text: String) {
    guard let time = Self.parse(Array(text.utf8)) else { return nil }
    self = time
  }

  /// The minute in which the time lies.
  public var minute: Minute { Minute(containingSecond: secondsSinceEpoch) }

  /// The time as RFC 3339 in UTC, such as `2026-03-01T02:00:05Z`.
  public var rfc3339: String {
    let day = floorDivide(secondsSinceEpoch, 86400)
    let second = secondsSinceEpoch - day * 86400
    let date = CivilDate(daysSinceEpoch: day)
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
      + "T" + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2)
      + ":" + padded(second % 60, 2) + "Z"
  }

  /// Orders times from past to future.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  private static func parse(_ text: [UInt8]) -> Timestamp? {
    guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text[0..<4]), let month = number(text[5..<7]),
      let day = number(text[8..<10])
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.isValid else { return nil }
    let midnight = date.daysSinceEpoch * 86400
    guard text.count > 10 else { return Timestamp(secondsSinceEpoch: midnight) }
    guard let seconds = secondsOfDay(text[10...]) else { return nil }
    return Timestamp(secondsSinceEpoch: midnight + seconds)
  }

  /// Reads `T12:34:56[.789](Z|+01:00)`.
  private static func secondsOfDay(_ text: ArraySlice<UInt8>) -> Int? {
    let start = text.startIndex
    guard text.count >= 10, "Tt ".utf8.contains(text[start]),
      text[start + 3] == UInt8(ascii: ":"), text[start + 6] == UInt8(ascii: ":"),
      let hour = number(text[start + 1..<start + 3]), hour < 24,
      let minute = number(text[start + 4..<start + 6]), minute < 60,
      let second = number(text[start + 7..<start + 9]), second <= 60
    else { return nil }
    var rest = text[(start + 9)...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (48...57).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard let offset = offset(rest) else { return nil }
    return hour * 3600 + minute * 60 + second - offset
  }

  private static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    if text.count == 1, let zone = text.first, "Zz".utf8.contains(zone) { return 0 }
    let start = text.startIndex
    guard text.count == 6, let sign = text.first, "+-".utf8.contains(sign),
      text[start + 3] == UInt8(ascii: ":"),
      let hours = number(text[start + 1..<start + 3]), hours < 24,
      let minutes = number(text[start + 4..<start + 6]), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
