// SPDX-License-Identifier: Apache-2.0

/// An event's `eventID` in 16 bytes.
///
/// CloudTrail writes GUIDs in lower case; those are kept bit by bit. Any other text of at most
/// 14 bytes is packed as it is, and a longer one is hashed, so that its text must be kept beside it
/// (`text` is `nil`). The three kinds cannot collide: `high` and `low` of a packed or hashed
/// identifier carry a GUID version nibble (15 and 14) that no GUID has.
///
///      GUID    high: time_low time_mid version…      low: variant, node
///     packed   high: 6 bytes, F, length, 7th byte     low: 7 bytes, 0
///     hashed   high: 48 bits, E, 12 bits              low: 64 bits
public struct EventID: Hashable, Comparable, Sendable {
  /// The first half, with the version nibble in bits 12 to 15.
  public let high: UInt64
  /// The second half.
  public let low: UInt64

  private static let packedNibble: UInt64 = 15
  private static let hashedNibble: UInt64 = 14
  /// Longest text that is kept as it is.
  private static let packedLimit = 14

  /// Creates an identifier of its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Creates the identifier of a GUID's 32 digits; `nil` where its version is not for GUIDs.
  public init?(guid high: UInt64, _ low: UInt64) {
    let version = high >> 12 & 15
    guard version != Self.packedNibble, version != Self.hashedNibble else { return nil }
    self.init(high: high, low: low)
  }

  /// Creates the identifier of a text; `nil` where the text is empty.
  public init?(utf8 text: Span<UInt8>) {
    guard !text.isEmpty else { return nil }
    self = Self.guid(text) ?? (text.count <= Self.packedLimit ? .packed(text) : .hashed(text))
  }

  /// Creates the identifier of a text; `nil` where the text is empty.
  public init?(_ text: String) {
    let utf8 = Array(text.utf8)
    self.init(utf8: utf8.span)
  }

  /// Whether only a hash of the text is kept.
  public var isHashed: Bool { high >> 12 & 15 == Self.hashedNibble }

  /// The text as CloudTrail wrote it, `nil` where only its hash is kept.
  public var text: String? {
    switch high >> 12 & 15 {
    case Self.hashedNibble: nil
    case Self.packedNibble: String(decoding: packedBytes, as: UTF8.self)
    default: guidText
    }
  }

  /// Orders identifiers as numbers.
  public static func < (left: EventID, right: EventID) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  private static func guid(_ text: Span<UInt8>) -> EventID? {
    guard text.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for index in 0..<36 {
      let byte = text[index]
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = lowerHexDigit(byte) else { return nil }
      words = (words.0 << 4 | words.1 >> 60, words.1 << 4 | digit)
    }
    return EventID(guid: words.0, words.1)
  }

  private static func packed(_ text: Span<UInt8>) -> EventID {
    func byte(_ index: Int) -> UInt64 { index < text.count ? UInt64(text[index]) : 0 }
    var high: UInt64 = 0
    for index in 0..<6 { high = high << 8 | byte(index) }
    high = high << 4 | packedNibble
    high = high << 4 | UInt64(text.count)
    high = high << 8 | byte(6)
    var low: UInt64 = 0
    for index in 7..<14 { low = low << 8 | byte(index) }
    return EventID(high: high, low: low << 8)
  }

  /// Two rounds of FNV-1a with different offsets, each finished by a mixing step.
  private static func hashed(_ text: Span<UInt8>) -> EventID {
    var first: UInt64 = 0xCBF2_9CE4_8422_2325
    var second: UInt64 = 0x6C62_272E_07BB_0142
    for index in text.indices {
      first = (first ^ UInt64(text[index])) &* 0x100_0000_01B3
      second = (second ^ UInt64(text[index])) &* 0x9E37_79B9_7F4A_7C15
      second ^= second >> 29
    }
    let high = mixed(first) & ~(15 << 12) | hashedNibble << 12
    return EventID(high: high, low: mixed(second))
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    bits = (bits ^ bits >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return bits ^ bits >> 33
  }

  private static func lowerHexDigit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 48...57: UInt64(byte - 48)
    case 97...102: UInt64(byte - 87)
    default: nil
    }
  }

  private var packedBytes: [UInt8] {
    let count = Int(high >> 8 & 15)
    let all =
      (0..<6).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
      + [UInt8(truncatingIfNeeded: high)]
      + (0..<7).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
    return Array(all.prefix(count))
  }

  private var guidText: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append(UInt8(ascii: "-")) }
      let word = index < 16 ? high : low
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16)) & 15)
      text.append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
