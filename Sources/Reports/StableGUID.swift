// SPDX-License-Identifier: Apache-2.0

/// Returns a GUID that is a pure function of a text: the same on every machine and in every run.
///
/// The text's 128-bit FNV-1a hash, marked as RFC 9562 version 8 ("custom") and variant 2.
///
/// Why: a repeated run must give the same `eventID`s, so that whoever stores the records can drop
/// those it has. Swift's `Hasher` is seeded anew in every process.
func stableGUID(of text: String) -> String {
  var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
  for byte in text.utf8 {
    hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b
  }
  hash = hash & ~(0xF << 76) | 8 << 76
  hash = hash & ~(0x3 << 62) | 2 << 62
  let digits = String(hash, radix: 16)
  let padded = Array((String(repeating: "0", count: 32 - digits.utf8.count) + digits).utf8)
  let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
  return groups.map { String(decoding: padded[$0], as: UTF8.self) }.joined(separator: "-")
}
