// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// Reads the `eventTime` of records, which mostly lie on one day.
struct EventTime {
  /// The times that a trail can hold: CloudTrail began in 2013, and a clock that says 9999 is wrong.
  static let credible = 946_684_800...4_102_444_800

  /// The day that was read last: its ten bytes, without the first two, and seconds since 1970.
  private var lastDay = (century: UInt16(0), rest: UInt64(0), seconds: 0)

  /// Returns seconds since 1970 for RFC 3339 text, `nil` where it is none.
  mutating func seconds(_ text: Span<UInt8>) -> Int? {
    if let seconds = wholeSeconds(text) { return seconds }
    guard let time = Timestamp(rfc3339: text.string) ?? Timestamp(rfc3339: text.string + "Z")
    else { return nil }
    return time.secondsSinceEpoch
  }

  /// The shape that nearly all records have: `2026-03-01T02:00:05Z`.
  private mutating func wholeSeconds(_ text: Span<UInt8>) -> Int? {
    guard text.count == 20, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "Z"),
      let hour = Self.pair(text, 11), hour < 24,
      let minute = Self.pair(text, 14), minute < 60,
      let second = Self.pair(text, 17), second <= 60, let day = daySeconds(text)
    else { return nil }
    return day + hour * 3600 + minute * 60 + second
  }

  private mutating func daySeconds(_ text: Span<UInt8>) -> Int? {
    let century = UInt16(text[0]) << 8 | UInt16(text[1])
    let rest = unsafe text.bytes.word(at: 2)
    if century == lastDay.century, rest == lastDay.rest { return lastDay.seconds }
    guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let hundreds = Self.pair(text, 0), let year = Self.pair(text, 2),
      let month = Self.pair(text, 5), let day = Self.pair(text, 8)
    else { return nil }
    let date = CivilDate(year: hundreds * 100 + year, month: month, day: day)
    guard date.isValid else { return nil }
    lastDay = (century, rest, date.daysSinceEpoch * 86400)
    return lastDay.seconds
  }

  private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int? {
    let (tens, ones) = (Int(text[index]) - 48, Int(text[index + 1]) - 48)
    return 0...9 ~= tens && 0...9 ~= ones ? tens * 10 + ones : nil
  }
}
