// SPDX-License-Identifier: Apache-2.0

/// Texts, each kept once and named by a `Symbol`; it only grows.
///
/// Looking a text up hashes its bytes and allocates nothing unless the text is new.
public struct SymbolTable: Sendable {
  /// The texts by symbol index; the first is empty.
  public private(set) var texts: [String] = [""]
  private var symbols: [String: Symbol] = ["": .empty]

  public init() {}

  /// Returns the symbol of a text, a new one where the text is new.
  public mutating func symbol(for text: String) -> Symbol {
    if let symbol = symbols[text] { return symbol }
    let symbol = Symbol(index: UInt32(texts.count))
    texts.append(text)
    symbols[text] = symbol
    return symbol
  }

  public subscript(symbol: Symbol) -> String { texts[Int(symbol.index)] }
}
