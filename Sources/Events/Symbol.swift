// SPDX-License-Identifier: Apache-2.0

/// The index of a text in a `SymbolTable`: equal symbols of one table are equal texts.
public struct Symbol: Hashable, Sendable {
  /// Where the text stands in `SymbolTable.texts`.
  public let index: UInt32

  /// The symbol of the empty text in every table.
  public static let empty = Symbol(index: 0)

  /// Creates the symbol of an index.
  public init(index: UInt32) {
    self.index = index
  }
}
