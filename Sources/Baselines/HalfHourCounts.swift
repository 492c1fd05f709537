// SPDX-License-Identifier: Apache-2.0

/// The events of each half hour of a day, in a byte each as long as all are small whole numbers.
///
/// Why: a run remembers 28 days of every series, and nearly all of their half hours are small.
struct HalfHourCounts: Sendable {
  private enum Storage {
    case bytes(InlineArray<48, UInt8>)
    /// Kept as they are: large, or scaled with a level that moved.
    case floats([Float])
  }

  private var storage: Storage

  /// Keeps the counts of `HalfHours.perDay` half hours.
  init(_ counts: [Float]) {
    precondition(counts.count == HalfHours.perDay, "a day has as many half hours")
    // Minus zero would come back as zero.
    guard counts.allSatisfy({ $0.sign == .plus && UInt8(exactly: $0) != nil }) else {
      storage = .floats(counts)
      return
    }
    storage = .bytes(InlineArray { UInt8(counts[$0]) })
  }

  /// The counts as numbers of their own.
  var floats: [Float] {
    switch storage {
    case .bytes(let bytes): bytes.indices.map { Float(bytes[$0]) }
    case .floats(let floats): floats
    }
  }
}

extension HalfHourCounts {
  /// Writes √(x + 3/8) of all, from an index of octets on.
  @inline(__always)
  func copyRoots(into octets: inout MutableSpan<Octet>, at start: Int) {
    let table = Anscombe.rootsOfBytes.span
    for index in 0..<HalfHours.octetsPerDay {
      var octet = Octet()
      switch storage {
      case .bytes(let bytes):
        for lane in 0..<8 { octet[lane] = table[Int(bytes[8 * index + lane])] }
      case .floats(let floats):
        for lane in 0..<8 { octet[lane] = (floats[8 * index + lane] + 0.375).squareRoot() }
      }
      octets[start + index] = octet
    }
  }
}

extension HalfHourCounts: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { HalfHours.perDay }

  subscript(bin: Int) -> Float {
    switch storage {
    case .bytes(let bytes): Float(bytes[bin])
    case .floats(let floats): floats[bin]
    }
  }
}

extension HalfHourCounts: Codable {
  /// Reads a list of numbers, as it was before there were bytes.
  init(from decoder: any Decoder) throws {
    let counts = try decoder.singleValueContainer().decode([Float].self)
    guard counts.count == HalfHours.perDay else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a day of other half hours"))
    }
    self.init(counts)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(floats)
  }
}
