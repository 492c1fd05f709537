// SPDX-License-Identifier: Apache-2.0

/// Returns a number as a plain decimal, rounded to so many significant digits.
///
/// Digits left of the point are never rounded away, trailing zeros are dropped, and there is no
/// exponent.
///
/// Why: `description` turns to `8.8e-05` below 0.0001, which spreadsheets and AWK scripts take
/// for text, and its 17 digits claim a precision that a count per minute has not.
///
///     plainDecimal(0.0000882145, significantDigits: 6)  // 0.0000882145
///     plainDecimal(14.0 / 3, significantDigits: 6)      // 4.66667
///     plainDecimal(12_345_678, significantDigits: 6)    // 12345678
///
/// Edge cases: what is not finite gives empty text, which a table reads as "no value".
public func plainDecimal(_ value: Double, significantDigits: Int) -> String {
  guard value.isFinite else { return "" }
  var decimal = DecimalDigits(value.magnitude)
  decimal.round(toDigits: max(significantDigits, decimal.pointPosition))
  let text = decimal.text
  return value < 0 && text != "0" ? "-" + text : text
}

/// Returns a probability, given as its log₁₀, with two digits and an exponent: `1.2e-09`.
///
/// Why: the chance of a strong insight is smaller than any `Double`, so the text is made from the
/// logarithm; `1.0e-400` is written out in full although most programs read it back as 0.
///
/// Edge cases: minus infinity gives `0`, not-a-number gives empty text, and a logarithm above 0
/// is taken as 0.
public func probabilityText(log10: Double) -> String {
  guard !log10.isNaN else { return "" }
  let log10 = min(log10, 0)
  guard log10.isFinite else { return "0" }
  var exponent = Int(log10.rounded(.down))
  var tenths = Int((tenTo(log10 - log10.rounded(.down)) * 10).rounded())
  if tenths == 100 {
    tenths = 10
    exponent += 1
  }
  let digits = String(exponent.magnitude)
  return "\(tenths / 10).\(tenths % 10)e\(exponent < 0 ? "-" : "+")"
    + (digits.utf8.count < 2 ? "0" + digits : digits)
}

/// Returns 10 to the power of a number from 0 to 1, by the exponential series.
///
/// Why: reports import no C library, and thirty terms give all digits of a `Double` here.
private func tenTo(_ power: Double) -> Double {
  let x = power * 2.302585092994046
  var term = 1.0
  var sum = 1.0
  for n in 1...30 {
    term *= x / Double(n)
    sum += term
  }
  return sum
}

/// The decimal digits of a number that is not negative, taken from its shortest description.
private struct DecimalDigits {
  private var digits: [UInt8] = []
  /// Digits left of the decimal point; zero or less where the first digit stands right of it.
  private(set) var pointPosition = 0

  init(_ value: Double) {
    let parts = value.description.split(separator: "e")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = (parts.first ?? "0").split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa.first.map { Array($0.utf8) } ?? []
    let fraction = mantissa.count > 1 ? Array(mantissa[1].utf8) : []
    let all = whole + fraction
    let zeros = all.prefix { $0 == UInt8(ascii: "0") }.count
    digits = all.dropFirst(zeros).map { $0 - UInt8(ascii: "0") }
    pointPosition = digits.isEmpty ? 0 : whole.count - zeros + exponent
    dropTrailingZeros()
  }

  /// Rounds half up.
  mutating func round(toDigits count: Int) {
    guard digits.count > count else { return }
    var carry = digits[count] >= 5
    digits.removeSubrange(count...)
    for index in digits.indices.reversed() where carry {
      carry = digits[index] == 9
      digits[index] = carry ? 0 : digits[index] + 1
    }
    if carry {
      digits.insert(1, at: 0)
      pointPosition += 1
    }
    dropTrailingZeros()
  }

  var text: String {
    guard !digits.isEmpty else { return "0" }
    let shown = digits.map { $0 + UInt8(ascii: "0") }
    let zero = [UInt8(ascii: "0")]
    let point = [UInt8(ascii: ".")]
    if pointPosition <= 0 {
      let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: -pointPosition)
      return String(decoding: zero + point + zeros + shown, as: UTF8.self)
    }
    guard pointPosition < shown.count else {
      let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: pointPosition - shown.count)
      return String(decoding: shown + zeros, as: UTF8.self)
    }
    return String(
      decoding: shown[..<pointPosition] + point + shown[pointPosition...], as: UTF8.self)
  }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }
}
