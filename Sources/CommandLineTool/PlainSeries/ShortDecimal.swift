// SPDX-License-Identifier: Apache-2.0
import Glibc
import Reports

/// Returns a number as `plainDecimal` with six significant digits does, several times as fast.
///
/// Why: four numbers a row are most of what `score` writes, and the digits of numbers of a usual
/// size fit an integer.
func shortDecimal(_ value: Double) -> String {
  let magnitude = value.magnitude
  guard magnitude >= 1e-4, magnitude < 1e12 else {
    return plainDecimal(value, significantDigits: 6)
  }
  let decimals = max(0, 5 - Int(log10(magnitude).rounded(.down)))
  var scaled = UInt64((magnitude * powersOfTen[decimals]).rounded())
  var bytes: [UInt8] = []
  var place = 0
  while scaled > 0 || place <= decimals {
    let digit = UInt8(scaled % 10)
    scaled /= 10
    // Zeros at the end of a fraction are dropped.
    if place == decimals, place > 0, !bytes.isEmpty { bytes.append(UInt8(ascii: ".")) }
    if place >= decimals || digit > 0 || !bytes.isEmpty { bytes.append(48 + digit) }
    place += 1
  }
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  return String(decoding: bytes.reversed(), as: UTF8.self)
}

private let powersOfTen = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10]
