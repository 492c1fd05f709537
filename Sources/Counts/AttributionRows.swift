// SPDX-License-Identifier: Apache-2.0
import CSV
import Vocabulary

/// Writes who made the calls of single cells: rows of the table of attributions.
///
/// Texts are ranked and made into cells once, so that a row costs no look at a text.
struct AttributionRows {
  private let table: AttributionTable
  /// Place of each text among all, in the order of bytes.
  private let ranks: [Int32]
  /// Each text as a cell of CSV, by rank.
  private let cells: [[UInt8]]
  /// The attributes in the order of their names, `nil` for the evidence.
  private let columns: [(name: String, attribute: Attribute?)]
  /// The values of an attribute in a cell: rank and count.
  private var values: [(rank: Int32, count: Int)] = []

  init(_ table: AttributionTable) {
    self.table = table
    let order = table.texts.indices.sorted { utf8Less(table.texts[$0], table.texts[$1]) }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    self.ranks = ranks
    var csv = CSVWriter()
    cells = order.map { number in
      csv.textCell(table.texts[number])
      return csv.takeCells()
    }
    let evidence: [(name: String, attribute: Attribute?)] = [(CountsColumn.evidenceAttribute, nil)]
    columns = (evidence + Attribute.allCases.map { ($0.rawValue, $0) })
      .sorted { utf8Less($0.name, $1.name) }
  }

  /// Writes the rows of one minute of a series, sorted by attribute and value.
  ///
  /// - Parameters:
  ///   - series: index of the series in `CountHistory.series`.
  ///   - position: index of the minute in the series.
  ///   - start: the cells before the attribute, as written.
  ///   - csv: where the rows go.
  mutating func write(
    series: Int, position: Int, after start: [UInt8], to csv: inout CSVWriter
  ) {
    for column in columns {
      guard let attribute = column.attribute else {
        writeEvidence(series, position, start, &csv)
        continue
      }
      collect(attribute, cell: table.cell(series: series, position: position))
      for value in values where value.count > 0 {
        csv.writtenCells(start[...])
        csv.cell(column.name)
        csv.writtenCells(cells[Int(value.rank)][...])
        csv.cell(value.count)
        csv.endRow()
      }
    }
  }

  private func writeEvidence(
    _ series: Int, _ position: Int, _ start: [UInt8], _ csv: inout CSVWriter
  ) {
    let events = table.evidence(series: series, minutes: position..<position + 1)
    for id in events.map(\.eventID).sorted(by: utf8Less) {
      csv.writtenCells(start[...])
      csv.cell(CountsColumn.evidenceAttribute)
      csv.textCell(id)
      csv.cell(1)
      csv.endRow()
    }
  }

  /// Sums an attribute's values in a cell up, in the order of their texts.
  private mutating func collect(_ attribute: Attribute, cell: Int) {
    values.removeAll(keepingCapacity: true)
    for entry in table.entries(cells: cell..<cell + 1) {
      let text = table.callers[Int(table.entryCallers[entry])][attribute]
      guard text != Caller.unknown else { continue }
      values.append((ranks[Int(text)], Int(table.entryCounts[entry])))
    }
    guard values.count > 1 else { return }
    values.sort { $0.rank < $1.rank }
    var last = 0
    for index in 1..<values.count {
      if values[index].rank == values[last].rank {
        values[last].count += values[index].count
      } else {
        last += 1
        values[last] = values[index]
      }
    }
    values.removeLast(values.count - last - 1)
  }
}
