// SPDX-License-Identifier: Apache-2.0
import Counts
import Events

/// `stableHash` of the accounts that a decoder met, each made once.
struct AccountHashes {
  private var known: [Symbol: UInt64] = [:]
  /// The one asked for last: neighbouring events are mostly of one account.
  private var last = (symbol: Symbol.empty, hash: stableHash(""))

  mutating func hash(of account: Symbol, in decoder: borrowing EventDecoder) -> UInt64 {
    guard account != last.symbol else { return last.hash }
    let hash = known[account] ?? stableHash(decoder.symbols[account])
    known[account] = hash
    last = (account, hash)
    return hash
  }
}
