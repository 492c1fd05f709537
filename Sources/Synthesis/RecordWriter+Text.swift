// SPDX-License-Identifier: Apache-2.0
import Vocabulary

extension RecordWriter {
  @inline(__always)
  mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes the low digits of a number, in base 16.
  mutating func putHex(_ number: UInt64, digits: Int) {
    for position in stride(from: 4 * (digits - 1), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(position)) & 15
      bytes.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// Writes a random GUID of version 4.
  mutating func putGUID(_ random: inout SeededGenerator) {
    let high = random.next()
    let low = random.next()
    putHex(high >> 32, digits: 8)
    put("-")
    putHex(high >> 16, digits: 4)
    put("-4")
    putHex(high, digits: 3)
    put("-")
    putHex((low >> 48) & 0x3FFF | 0x8000, digits: 4)
    put("-")
    putHex(low, digits: 12)
  }

  mutating func putTime(_ second: Int) {
    let day = floorDivide(second, 86400)
    let date = CivilDate(daysSinceEpoch: day)
    let rest = second - day * 86400
    putPair(date.year / 100)
    putPair(date.year % 100)
    put("-")
    putPair(date.month)
    put("-")
    putPair(date.day)
    put("T")
    putPair(rest / 3600)
    put(":")
    putPair(rest / 60 % 60)
    put(":")
    putPair(rest % 60)
    put("Z")
  }

  private mutating func putPair(_ number: Int) {
    bytes.append(UInt8(48 + number / 10 % 10))
    bytes.append(UInt8(48 + number % 10))
  }
}
