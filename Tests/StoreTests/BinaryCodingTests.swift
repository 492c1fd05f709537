// SPDX-License-Identifier: Apache-2.0
import Testing
import TestSupport

@testable import Store

/// One of everything that a value may be made of.
struct Everything: Codable, Equatable {
  enum Raw: String, Codable { case one, two }
  enum Small: UInt8, Codable { case none, some = 200 }
  struct Nothing: Codable, Hashable {}
  indirect enum Tree: Codable, Equatable {
    case leaf
    case value(Int, label: String?)
    case fork(left: Tree, right: Tree)
  }
  struct Wrapped: Codable, Hashable { var rawValue: Int }

  var flag: Bool
  var small: Int8
  var byte: UInt8
  var short: Int16
  var word: UInt32
  var long: Int
  var wide: UInt64
  var float: Float
  var double: Double
  var text: String
  var maybeFlag: Bool?
  var maybeInt: Int?
  var maybeText: String?
  var maybeDeep: Int??
  var maybeRaw: Raw?
  var raw: Raw
  var kind: Small
  var tree: Tree
  var floats: [Float]
  var doubles: [Double]
  var integers: [Int]
  var bytes: [UInt8]
  var holes: [Int?]
  var nested: [[Tree]]
  var nothing: [Nothing]
  var table: [String: [Int]]
  var numbered: [Int: Raw?]
  var wrapped: [Wrapped: Double]
  var set: Set<String>
  var range: ClosedRange<Int>
}

extension Everything {
  init(using seed: inout SeededGenerator) {
    func count() -> Int { Int.random(in: 0..<5, using: &seed) }
    func int() -> Int {
      Int(truncatingIfNeeded: seed.next() >> UInt64.random(in: 0..<64, using: &seed))
    }
    func text() -> String {
      String((0..<count()).map { _ in "aé\u{0}🦊z".randomElement(using: &seed) ?? "a" })
    }
    func maybe<T>(_ value: T) -> T? { Bool.random(using: &seed) ? value : nil }
    func tree(_ depth: Int) -> Tree {
      switch Int.random(in: 0..<(depth > 0 ? 3 : 2), using: &seed) {
      case 0: .leaf
      case 1: .value(int(), label: maybe(text()))
      default: .fork(left: tree(depth - 1), right: tree(depth - 1))
      }
    }
    func many<T>(_ make: () -> T) -> [T] { (0..<count()).map { _ in make() } }
    func float() -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: seed.next())) }
    func finite(_ value: Float) -> Float { value.isNaN ? -0.0 : value }
    self.init(
      flag: .random(using: &seed), small: Int8(truncatingIfNeeded: int()),
      byte: UInt8(truncatingIfNeeded: int()), short: Int16(truncatingIfNeeded: int()),
      word: UInt32(truncatingIfNeeded: int()), long: int(), wide: seed.next(),
      float: finite(float()), double: Double(finite(float())) / 3, text: text(),
      maybeFlag: maybe(true), maybeInt: maybe(int()), maybeText: maybe(text()),
      maybeDeep: maybe(maybe(int())), maybeRaw: maybe(.two), raw: .one,
      kind: Bool.random(using: &seed) ? .none : .some, tree: tree(4),
      floats: many { finite(float()) }, doubles: many { Double(finite(float())) },
      integers: many(int), bytes: many { UInt8(truncatingIfNeeded: int()) },
      holes: many { maybe(int()) }, nested: many { many { tree(2) } },
      nothing: many { Nothing() },
      table: Dictionary(many { (text(), many(int)) }) { $1 },
      numbered: Dictionary(many { (int(), maybe(Raw.two)) }) { $1 },
      wrapped: Dictionary(many { (Wrapped(rawValue: int()), 0.1) }) { $1 },
      set: Set(many(text)), range: min(int(), 0)...Int.max)
  }
}

@Suite("Values to bytes and back")
struct BinaryCodingTests {
  private func bytes(_ value: some Encodable) throws -> [UInt8] {
    try BinaryEncoder().encode(value)
  }

  @Test func `bytes as the table says`() throws {
    #expect(try bytes(true) == [1])
    #expect(
      try bytes([-1, 1, 64, Int.min]) == [4, 0, 0, 0, 1, 2, 128, 1]
        + [UInt8](repeating: 255, count: 9) + [1])
    #expect(try bytes(300 as UInt16) == [172, 2])
    #expect(try bytes(1 as Float) == [0, 0, 128, 63])
    #expect(try bytes("é") == [2, 0xC3, 0xA9])
    #expect(try bytes(Int??.some(nil)) == [1, 0])
    #expect(try bytes(["b": 1, "a": 2] as [String: UInt8]) == [2, 0, 0, 0, 1, 97, 2, 1, 98, 1])
    #expect(try bytes(Everything.Raw.one) == [3] + Array("one".utf8))
    #expect(try bytes(Everything.Tree.leaf) == [4] + Array("leaf".utf8))
    #expect(try bytes(Everything.Tree.value(1, label: nil)) == [5] + Array("value".utf8) + [2, 0])
  }

  @Test func `everything comes back`() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let value = Everything(using: &generator)
      let encoded = try bytes(value)
      #expect(try BinaryDecoder().decode(Everything.self, from: encoded) == value, "seed \(seed)")
      #expect(try bytes(value) == encoded, "seed \(seed)")
    }
  }

  @Test func `bits of numbers are exact`() throws {
    let floats: [Float] = [.signalingNaN, .nan, -0.0, .leastNonzeroMagnitude, -.infinity, 1 / 3]
    let again = try BinaryDecoder().decode([Float].self, from: bytes(floats))
    #expect(again.map(\.bitPattern) == floats.map(\.bitPattern))
    let doubles = floats.map(Double.init) + [Double.pi]
    let more = try BinaryDecoder().decode([Double].self, from: bytes(doubles))
    #expect(more.map(\.bitPattern) == doubles.map(\.bitPattern))
  }

  @Test func `lists by hand and lists of arrays are the same bytes`() throws {
    struct ByHand: Codable {
      var values: [Float]
      init(_ values: [Float]) { self.values = values }
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        values = []
        while !list.isAtEnd { values.append(try list.decode(Float.self)) }
      }
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for value in values { try list.encode(value) }
      }
    }
    let encoded = try bytes([ByHand([1, 2]), ByHand([])])
    #expect(try encoded == bytes([[1, 2], []] as [[Float]]))
    #expect(
      try BinaryDecoder().decode([ByHand].self, from: encoded).map(\.values) == [[1, 2], []])
  }

  @Test func `containers within containers, by hand`() throws {
    struct Nested: Codable, Equatable {
      enum Keys: CodingKey { case a, b }
      var a = [[1, 2], []]
      var b = "b"
      init() {}
      init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Keys.self)
        let inner = try outer.nestedContainer(keyedBy: Keys.self, forKey: .b)
        b = try inner.decode(String.self, forKey: .b)
        var list = try outer.nestedUnkeyedContainer(forKey: .a)
        a = []
        while !list.isAtEnd {
          var row = try list.nestedUnkeyedContainer()
          a.append([])
          while !row.isAtEnd { a[a.count - 1].append(try row.decode(Int.self)) }
        }
      }
      func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Keys.self)
        var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .b)
        try inner.encode(b, forKey: .b)
        var list = outer.nestedUnkeyedContainer(forKey: .a)
        for row in a {
          var own = list.nestedUnkeyedContainer()
          for value in row { try own.encode(value) }
        }
      }
    }
    #expect(try BinaryDecoder().decode(Nested.self, from: bytes(Nested())) == Nested())
  }

  @Test func `classes with a base`() throws {
    class Base: Codable { var x = 1 }
    final class Derived: Base {
      var y = 2
      enum Keys: CodingKey { case y }
      override init() { super.init() }
      required init(from decoder: any Decoder) throws {
        let own = try decoder.container(keyedBy: Keys.self)
        y = try own.decode(Int.self, forKey: .y)
        try super.init(from: own.superDecoder())
      }
      override func encode(to encoder: any Encoder) throws {
        var own = encoder.container(keyedBy: Keys.self)
        try own.encode(y, forKey: .y)
        try super.encode(to: own.superEncoder())
      }
    }
    let value = Derived()
    (value.x, value.y) = (7, 8)
    let again = try BinaryDecoder().decode(Derived.self, from: bytes(value))
    #expect(again.x == 7 && again.y == 8)
  }

  @Test func `what cannot be written is refused`() {
    struct Nil: Encodable {
      func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encodeNil()
      }
    }
    var deep = Everything.Tree.leaf
    for _ in 0..<200 { deep = .fork(left: deep, right: .leaf) }
    #expect(throws: EncodingError.self) { try bytes(Nil()) }
    #expect(throws: EncodingError.self) { try bytes(deep) }
  }
}
