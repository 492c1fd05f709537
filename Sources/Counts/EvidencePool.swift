// SPDX-License-Identifier: Apache-2.0
import Vocabulary

/// The smallest few event identifiers of every cell, so that an insight can name its evidence.
///
/// Why the smallest: the choice depends on what the events are, not on the order they came in.
struct EvidencePool: Sendable {
  static let idsPerCell = 5

  private struct Node: Sendable {
    var id: EventID
    /// The number of the file that it stands in, -1 where that is not known.
    var file: Int32
    var next: Int32
  }

  private var nodes: [Node] = []
  /// First node of each cell, ascending by identifier; -1 for none.
  private var heads: [Int32] = []

  /// Adds an identifier to a cell's few, if it is among the smallest.
  ///
  /// - Complexity: O(`idsPerCell`).
  mutating func insert(_ id: EventID, file: Int32, cell: Int) {
    while heads.count <= cell { heads.append(-1) }
    var carried = (id: id, file: file)
    var previous: Int32 = -1
    var current = heads[cell]
    var length = 0
    while current >= 0 {
      let held = (id: nodes[Int(current)].id, file: nodes[Int(current)].file)
      if held.id == carried.id {
        // A correction names its original: the earlier file has that.
        let known = [held.file, carried.file].filter { $0 >= 0 }
        nodes[Int(current)].file = known.min() ?? -1
        return
      }
      if carried.id < held.id {
        (nodes[Int(current)].id, nodes[Int(current)].file) = carried
        carried = held
      }
      length += 1
      previous = current
      current = nodes[Int(current)].next
    }
    guard length < Self.idsPerCell else { return }
    nodes.append(Node(id: carried.id, file: carried.file, next: -1))
    let new = Int32(nodes.count - 1)
    if previous < 0 { heads[cell] = new } else { nodes[Int(previous)].next = new }
  }

  /// The identifiers of a cell, ascending, and the files they stand in.
  func events(cell: Int) -> [(id: EventID, file: Int32)] {
    guard cell < heads.count else { return [] }
    var events: [(id: EventID, file: Int32)] = []
    var current = heads[cell]
    while current >= 0 {
      events.append((nodes[Int(current)].id, nodes[Int(current)].file))
      current = nodes[Int(current)].next
    }
    return events
  }
}
