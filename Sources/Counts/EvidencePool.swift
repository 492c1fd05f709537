// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The smallest few event identifiers of every cell, so that an insight can name its evidence.
///
/// Why the smallest: the choice depends on what the events are, not on the order they came in.
struct EvidencePool: Sendable {
  static let idsPerCell = 5

  private struct Node: Sendable {
    var id: EventID
    var next: Int32
  }

  private var nodes: [Node] = []
  /// First node of each cell, ascending by identifier; -1 for none.
  private var heads: [Int32] = []

  /// Adds an identifier to a cell's few, if it is among the smallest.
  ///
  /// - Complexity: O(`idsPerCell`).
  mutating func insert(_ id: EventID, cell: Int) {
    while heads.count <= cell { heads.append(-1) }
    var carried = id
    var previous: Int32 = -1
    var current = heads[cell]
    var length = 0
    while current >= 0 {
      let held = nodes[Int(current)].id
      if held == carried { return }
      if carried < held {
        nodes[Int(current)].id = carried
        carried = held
      }
      length += 1
      previous = current
      current = nodes[Int(current)].next
    }
    guard length < Self.idsPerCell else { return }
    nodes.append(Node(id: carried, next: -1))
    let new = Int32(nodes.count - 1)
    if previous < 0 { heads[cell] = new } else { nodes[Int(previous)].next = new }
  }

  /// The identifiers of a cell, ascending.
  func ids(cell: Int) -> [EventID] {
    guard cell < heads.count else { return [] }
    var ids: [EventID] = []
    var current = heads[cell]
    while current >= 0 {
      ids.append(nodes[Int(current)].id)
      current = nodes[Int(current)].next
    }
    return ids
  }
}
