// SPDX-License-Identifier: Apache-2.0

/// A block of IP addresses in CIDR notation, version 4 or 6 (RFC 4632, RFC 4291).
struct AddressBlock: Sendable {
  private let address: [UInt8]
  private let prefixLength: Int

  /// Reads `10.0.0.0/8` or `2001:db8::/32`; `nil` where it is neither.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = Self.address(String(parts[0])),
      parts[1].utf8.allSatisfy({ 48...57 ~= $0 }), let length = Int(parts[1]),
      length <= address.count * 8
    else { return nil }
    self.address = address
    prefixLength = length
  }

  /// Whether a text is an address in the block.
  func contains(_ text: String) -> Bool {
    guard let other = Self.address(text), other.count == address.count else { return false }
    for index in address.indices {
      let bits = min(8, max(0, prefixLength - 8 * index))
      let mask = bits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
      guard other[index] & mask == address[index] & mask else { return false }
    }
    return true
  }

  /// The bytes of an address: 4 or 16.
  private static func address(_ text: String) -> [UInt8]? {
    text.utf8.contains(UInt8(ascii: ":")) ? version6(text) : version4(text)
  }

  private static func version4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { part in
      part.utf8.allSatisfy { 48...57 ~= $0 } && part.utf8.count <= 3 ? UInt8(part) : nil
    }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2, let head = groups(String(halves[0])) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    guard let tail = groups(String(halves[1])), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// Groups of up to four hexadecimal digits; the last may be an address of version 4.
  private static func groups(_ text: String) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let last = version4(String(part)) {
        bytes += last
      } else {
        guard 1...4 ~= part.utf8.count, !part.hasPrefix("+"), !part.hasPrefix("-"),
          let group = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(group >> 8), UInt8(group & 255)]
      }
    }
    return bytes
  }
}
