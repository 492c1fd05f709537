// SPDX-License-Identifier: Apache-2.0

/// The version of the record format: two integers, so that 1.10 comes after 1.9.
struct EventVersion: Comparable {
  let major: Int
  let minor: Int

  /// The first that must carry an `eventID`.
  static let withEventID = EventVersion(major: 1, minor: 1)

  init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `1.08`, `1.10`…; `nil` where the text is no version.
  init?(_ text: Span<UInt8>) {
    guard let dot = text.firstIndex(of: UInt8(ascii: ".")),
      let major = Self.number(text.extracting(..<dot)),
      let minor = Self.number(text.extracting((dot + 1)...))
    else { return nil }
    self.init(major: major, minor: minor)
  }

  static func < (left: EventVersion, right: EventVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  private static func number(_ digits: Span<UInt8>) -> Int? {
    guard 1...6 ~= digits.count else { return nil }
    var value = 0
    for index in digits.indices {
      guard 48...57 ~= digits[index] else { return nil }
      value = value * 10 + Int(digits[index] - 48)
    }
    return value
  }
}
