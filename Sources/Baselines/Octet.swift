// SPDX-License-Identifier: Apache-2.0

/// Eight neighbouring half hours, which arithmetic takes at once: a day is six of them.
///
/// Single precision is enough for what is learnt from counts, and takes half the time: the spread
/// of a count of n is √n and more, and 24 bits hold n to a part in 16 million.
typealias Octet = SIMD8<Float>

// Masks of the standard library go lane by lane; of such loops the compiler makes one instruction.

extension SIMD8<Float> {
  /// The sum of all, by halves.
  @inline(__always)
  var total: Double {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return Double(two.x + two.y)
  }

  /// The largest of all, by halves.
  @inline(__always)
  var largest: Float {
    let four = lowHalf.atLeast(highHalf)
    let two = four.lowHalf.atLeast(four.highHalf)
    return two.x < two.y ? two.y : two.x
  }

  /// The sums of neighbours: four of this vector, and four of another.
  @inline(__always)
  func pairSums(_ next: Self) -> Self {
    Self(lowHalf: evenHalf + oddHalf, highHalf: next.evenHalf + next.oddHalf)
  }

  /// 1 where a bit is 0 and 0 where it is 1, for each set of eight bits.
  static let whereUnset: [Self] = (0..<256).map { bits in
    var result = Self()
    for lane in 0..<8 { result[lane] = bits >> lane & 1 == 0 ? 1 : 0 }
    return result
  }
}

extension SIMD where Scalar == Float {
  /// The larger of each pair.
  @inline(__always)
  func atLeast(_ other: Self) -> Self {
    var result = self
    for lane in indices { result[lane] = self[lane] < other[lane] ? other[lane] : self[lane] }
    return result
  }

  /// The smaller of each pair.
  @inline(__always)
  func atMost(_ other: Self) -> Self {
    var result = self
    for lane in indices { result[lane] = self[lane] > other[lane] ? other[lane] : self[lane] }
    return result
  }
}

extension Array<Double> {
  /// The same numbers by eights, the last filled with zeros.
  var octets: [Octet] {
    stride(from: 0, to: count, by: 8).map { start in
      var octet = Octet()
      for lane in 0..<Swift.min(8, count - start) { octet[lane] = Float(self[start + lane]) }
      return octet
    }
  }
}

extension Array<Octet> {
  /// All their elements.
  var elements: [Double] {
    var elements: [Double] = []
    elements.reserveCapacity(8 * count)
    for octet in self {
      for lane in 0..<8 { elements.append(Double(octet[lane])) }
    }
    return elements
  }
}
