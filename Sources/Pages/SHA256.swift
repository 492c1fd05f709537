// SPDX-License-Identifier: Apache-2.0

/// Returns the SHA-256 of bytes in base64, as a Content-Security-Policy names a script.
///
/// - SeeAlso: NIST FIPS 180-4, section 6.2.
func base64SHA256(_ bytes: [UInt8]) -> String {
  var message = bytes + [0x80]
  while message.count % 64 != 56 { message.append(0) }
  let bitCount = UInt64(bytes.count) * 8
  for shift in stride(from: 56, through: 0, by: -8) {
    message.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
  }
  // The fractions of the square roots of the first 8 primes.
  var state: [UInt32] = primes.prefix(8).map { fraction(of: Double($0).squareRoot()) }
  for start in stride(from: 0, to: message.count, by: 64) {
    mix(message[start..<start + 64], into: &state)
  }
  return base64(
    state.flatMap { word in
      stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    })
}

private let primes: [Int] = {
  var primes: [Int] = []
  var candidate = 2
  while primes.count < 64 {
    if !primes.contains(where: { candidate % $0 == 0 }) { primes.append(candidate) }
    candidate += 1
  }
  return primes
}()

/// The first 32 bits of a number's fraction.
private func fraction(of value: Double) -> UInt32 {
  UInt32((value - value.rounded(.down)) * 4_294_967_296)
}

/// The fractions of the cube roots of the first 64 primes.
///
/// A `Double` near 7 keeps 50 bits behind the point, so that 32 are exact once Newton's step has
/// settled.
private let roundConstants: [UInt32] = primes.map { prime in
  var root = Double(prime).squareRoot()
  for _ in 0..<60 { root -= (root * root * root - Double(prime)) / (3 * root * root) }
  return fraction(of: root)
}

private func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
  var words: [UInt32] = stride(from: block.startIndex, to: block.endIndex, by: 4).map { index in
    block[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
  for index in 16..<64 {
    let (w15, w2) = (words[index - 15], words[index - 2])
    let small = turned(w15, 7) ^ turned(w15, 18) ^ w15 >> 3
    let large = turned(w2, 17) ^ turned(w2, 19) ^ w2 >> 10
    words.append(words[index - 16] &+ small &+ words[index - 7] &+ large)
  }
  var s = state
  for index in 0..<64 {
    let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
    let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
    let first =
      s[7] &+ (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) &+ choice
      &+ roundConstants[index] &+ words[index]
    let second = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) &+ majority
    s = [first &+ second, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
  }
  for index in state.indices { state[index] &+= s[index] }
}

private func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word >> count | word << (32 - count)
}

private func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = Array(bytes[start..<min(start + 3, bytes.count)])
    let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for position in 0..<4 {
      text.append(position > group.count ? "=" : digits[word >> (18 - 6 * position) & 63])
    }
  }
  return text
}
