// SPDX-License-Identifier: Apache-2.0

extension Bool: DirectlyEncodable {
  func write(to sink: ByteSink) { sink.bytes.append(self ? 1 : 0) }
}

extension UInt8: DirectlyEncodable {
  func write(to sink: ByteSink) { sink.bytes.append(self) }
}

extension Int8: DirectlyEncodable {
  func write(to sink: ByteSink) { sink.bytes.append(UInt8(bitPattern: self)) }
}

extension Float: DirectlyEncodable {
  func write(to sink: ByteSink) { sink.append(bitPattern) }
}

extension Double: DirectlyEncodable {
  func write(to sink: ByteSink) { sink.append(bitPattern) }
}

extension String: DirectlyEncodable {
  func write(to sink: ByteSink) {
    sink.appendVarint(UInt64(utf8.count))
    sink.bytes.append(contentsOf: utf8)
  }
}

// MARK: Integers of several bytes

/// Unsigned integers as they are.
protocol VarintEncodable: DirectlyEncodable, UnsignedInteger, FixedWidthInteger {}

extension VarintEncodable {
  func write(to sink: ByteSink) { sink.appendVarint(UInt64(self)) }
}

extension UInt: VarintEncodable {}
extension UInt16: VarintEncodable {}
extension UInt32: VarintEncodable {}
extension UInt64: VarintEncodable {}

/// Signed integers as 0, -1, 1, -2, 2 and so on, numbered from 0.
protocol ZigzagEncodable: DirectlyEncodable, SignedInteger, FixedWidthInteger {}

extension ZigzagEncodable {
  var zigzag: UInt64 {
    let wide = Int64(self)
    return UInt64(bitPattern: (wide << 1) ^ (wide >> 63))
  }

  func write(to sink: ByteSink) { sink.appendVarint(zigzag) }
}

extension Int: ZigzagEncodable {}
extension Int16: ZigzagEncodable {}
extension Int32: ZigzagEncodable {}
extension Int64: ZigzagEncodable {}

// MARK: Collections

extension Optional: DirectlyEncodable where Wrapped: Encodable {
  func write(to sink: ByteSink) throws {
    guard let value = self else { return sink.bytes.append(0) }
    sink.bytes.append(1)
    try sink.encode(value)
  }
}

extension Array: DirectlyEncodable where Element: Encodable {
  func write(to sink: ByteSink) throws {
    try sink.appendCount(count)
    // Through `Any`, whose cast to the very type is free; from array to array each element is cast.
    let anything = self as Any
    if Element.self == Float.self, let floats = anything as? [Float] {
      sink.appendAll(floats)
    } else if Element.self == Double.self, let doubles = anything as? [Double] {
      sink.appendAll(doubles)
    } else if Element.self == UInt8.self, let bytes = anything as? [UInt8] {
      sink.bytes.append(contentsOf: bytes)
    } else if Element.self == Int.self, let integers = anything as? [Int] {
      sink.appendAll(integers)
    } else {
      for element in self { try sink.encodeElement(element) }
    }
  }
}

extension Set: DirectlyEncodable where Element: Encodable {
  func write(to sink: ByteSink) throws {
    try sink.appendSorted(
      map { element in
        ByteSink.Entry(key: try sink.apart { try $0.encodeElement(element) }, content: [])
      })
  }
}

extension Dictionary: DirectlyEncodable where Key: Encodable, Value: Encodable {
  func write(to sink: ByteSink) throws {
    try sink.appendSorted(
      map { key, value in
        ByteSink.Entry(
          key: try sink.apart { try $0.encodeElement(key) },
          content: try sink.apart { try $0.encode(value) })
      })
  }
}
