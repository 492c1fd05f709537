// SPDX-License-Identifier: Apache-2.0

/// Words and numbers as a person writes them.
public enum PeopleText {
  /// Returns `6 min`, `3 h 20 min`, `2 d 4 h`: the two largest units.
  public static func duration(minutes: Int) -> String {
    let minutes = max(0, minutes)
    let (days, hours) = (minutes / 1440, minutes / 60 % 24)
    if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
    guard hours > 0 else { return "\(minutes) min" }
    return minutes % 60 > 0 ? "\(hours) h \(minutes % 60) min" : "\(hours) h"
  }

  /// Returns a rate in the unit in which it is at least 0.1: `14.2/min`, `1.3/h`, `0.4/d`.
  public static func rate(perMinute rate: Double) -> String {
    guard rate.isFinite else { return "?" }
    if rate == 0 { return "0/min" }
    if rate >= 0.1 { return number(rate) + "/min" }
    if rate * 60 >= 0.1 { return number(rate * 60) + "/h" }
    return number(rate * 1440) + "/d"
  }

  /// Returns `×120`, `×3.4`, `×0.08`; `new` where the baseline is 0, `to 0` where nothing is left.
  public static func change(_ factor: Double?) -> String {
    guard let factor, factor.isFinite else { return "new" }
    if factor == 0 { return "to 0" }
    if factor < 0.005 { return "×<0.01" }
    return "×" + number(factor)
  }

  /// Returns a number with three significant digits at most, `k` for thousands, `M` for millions.
  public static func number(_ value: Double) -> String {
    if value >= 999_500 { return plainDecimal(value / 1e6, significantDigits: 3) + "M" }
    if value >= 9999.5 { return plainDecimal(value / 1e3, significantDigits: 3) + "k" }
    if value >= 1 { return plainDecimal(value, significantDigits: 3) }
    return plainDecimal(value, significantDigits: 2)
  }

  /// Returns a whole number with a comma after every three digits: `1,204,331`.
  public static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// Returns `1 file`, `2 files`.
  public static func count(_ value: Int, _ noun: String) -> String {
    count(value) + " " + noun + (value == 1 ? "" : "s")
  }

  /// Returns a size in decimal units: `512 B`, `1.2 GB`.
  public static func bytes(_ value: Int) -> String {
    let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    for (size, unit) in units where Double(value) >= size {
      return plainDecimal(Double(value) / size, significantDigits: 3) + " " + unit
    }
    return "\(value) B"
  }
}
