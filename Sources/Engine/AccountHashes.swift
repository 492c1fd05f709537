// SPDX-License-Identifier: Apache-2.0
import Counts
import Events

/// `stableHash` of the accounts that a decoder met, each made once.
struct AccountHashes {
  /// By the index of the account's symbol; 0 where it is not known.
  private var known: [UInt64] = []

  mutating func hash(of account: Symbol, in decoder: borrowing EventDecoder) -> UInt64 {
    let index = Int(account.index)
    if index < known.count, known[index] != 0 { return known[index] }
    while known.count <= index { known.append(0) }
    known[index] = stableHash(decoder.symbols[account])
    return known[index]
  }
}
