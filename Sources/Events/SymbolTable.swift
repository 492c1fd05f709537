// SPDX-License-Identifier: Apache-2.0

/// Texts, each kept once and named by a `Symbol`; it only grows.
///
/// Looking a text up hashes its bytes and allocates nothing unless the text is new: the table is
/// open-addressed, a slot holds a symbol's index and a part of the text's hash.
public struct SymbolTable: Sendable {
  /// Longest text that is kept whole; a longer one is cut, on a character's boundary.
  public static let textLimit = 1024

  private struct Slot {
    var index: UInt32 = 0
    var hash: UInt32 = 0
  }

  /// The texts by symbol index; the first is empty.
  public private(set) var texts: [String] = [""]
  /// The texts' bytes one after the other: what a lookup compares with.
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private var slots = [Slot](repeating: Slot(), count: 256)

  /// Creates a table that holds the empty text only.
  public init() {}

  /// Returns the symbol of a text, a new one where the text is new.
  public mutating func symbol(for text: String) -> Symbol {
    let utf8 = Array(text.utf8)
    return symbol(for: utf8.span)
  }

  /// Returns the symbol of a text in UTF-8; what is not UTF-8 must have been repaired before.
  public mutating func symbol(for text: Span<UInt8>) -> Symbol {
    guard !text.isEmpty else { return .empty }
    let key = text.count > Self.textLimit ? text.extracting(..<cut(text)) : text
    let hash = Self.hash(key)
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place].index != 0 {
      let slot = slots[place]
      if slot.hash == UInt32(truncatingIfNeeded: hash >> 32), holds(slot.index, key) {
        return Symbol(index: slot.index)
      }
      place = (place + 1) & mask
    }
    return insert(key, hash: hash, at: place)
  }

  /// Returns the symbol of a text that often is the one of a symbol at hand.
  mutating func symbol(for text: Span<UInt8>, likely: Symbol) -> Symbol {
    likely != .empty && holds(likely.index, text) ? likely : symbol(for: text)
  }

  /// The text of a symbol of this table.
  public subscript(symbol: Symbol) -> String { texts[Int(symbol.index)] }

  private mutating func insert(_ text: Span<UInt8>, hash: UInt64, at place: Int) -> Symbol {
    let index = UInt32(texts.count)
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    unsafe text.withUnsafeBufferPointer {
      unsafe texts.append(String(decoding: $0, as: UTF8.self))
    }
    ends.append(bytes.count)
    slots[place] = Slot(index: index, hash: UInt32(truncatingIfNeeded: hash >> 32))
    if texts.count * 2 > slots.count { grow() }
    return Symbol(index: index)
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 2)
    let mask = slots.count - 1
    for index in 1..<texts.count {
      let hash = Self.hash(bytes.span.extracting(ends[index - 1]..<ends[index]))
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place].index != 0 { place = (place + 1) & mask }
      slots[place] = Slot(index: UInt32(index), hash: UInt32(truncatingIfNeeded: hash >> 32))
    }
  }

  private func holds(_ index: UInt32, _ text: Span<UInt8>) -> Bool {
    let start = ends[Int(index) - 1]
    guard ends[Int(index)] - start == text.count else { return false }
    return equalBytes(bytes.span.extracting(start..<start + text.count), text)
  }

  /// Where to cut a text that is too long: not within a character.
  private func cut(_ text: Span<UInt8>) -> Int {
    var end = Self.textLimit
    while end > Self.textLimit - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  /// Eight bytes at a time, the last eight over what is left: multiply to 128 bits and fold.
  private static func hash(_ text: Span<UInt8>) -> UInt64 {
    let raw = unsafe text.bytes
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    guard raw.byteCount >= 8 else { return folded(hash ^ shortWord(text)) }
    var offset = 0
    while offset + 8 < raw.byteCount {
      hash = folded(hash ^ raw.word(at: offset))
      offset += 8
    }
    return folded(hash ^ raw.word(at: raw.byteCount - 8))
  }

  /// Fewer than eight bytes as one word.
  private static func shortWord(_ text: Span<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for index in text.indices { word = word << 8 | UInt64(text[index]) }
    return word
  }

  private static func folded(_ value: UInt64) -> UInt64 {
    let (high, low) = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: 0xE703_7ED1_A0B4_28DB)
    return high ^ low
  }
}
