// SPDX-License-Identifier: Apache-2.0
internal import Vocabulary

/// Reads the `eventTime` of a record.
enum EventTime {
  /// The times that a trail can hold: CloudTrail began in 2013, and a clock that says 9999 is wrong.
  static let credible = 946_684_800...4_102_444_800

  /// Returns seconds since 1970 for RFC 3339 text, `nil` where it is none.
  static func seconds(_ text: Span<UInt8>) -> Int? {
    if let seconds = wholeSeconds(text) { return seconds }
    guard let time = Timestamp(rfc3339: text.string) ?? Timestamp(rfc3339: text.string + "Z")
    else { return nil }
    return time.secondsSinceEpoch
  }

  /// The shape that nearly all records have: `2026-03-01T02:00:05Z`.
  private static func wholeSeconds(_ text: Span<UInt8>) -> Int? {
    guard text.count == 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[19] == UInt8(ascii: "Z"),
      let century = pair(text, 0), let year = pair(text, 2), let month = pair(text, 5),
      let day = pair(text, 8), let hour = pair(text, 11), hour < 24,
      let minute = pair(text, 14), minute < 60, let second = pair(text, 17), second <= 60
    else { return nil }
    let date = CivilDate(year: century * 100 + year, month: month, day: day)
    guard date.isValid else { return nil }
    return date.daysSinceEpoch * 86400 + hour * 3600 + minute * 60 + second
  }

  private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int? {
    let (tens, ones) = (Int(text[index]) - 48, Int(text[index + 1]) - 48)
    return 0...9 ~= tens && 0...9 ~= ones ? tens * 10 + ones : nil
  }
}
