// SPDX-License-Identifier: Apache-2.0
import Insights
import Vocabulary

/// The insights as aligned rows under a heading for each account and Region.
///
/// From 110 columns on, an insight is one row. Below, error code, who and the picture go to a
/// second row under it, so that 80 columns cut no number.
struct InsightTable {
  private let rows: [(cells: InsightCells, heading: String)]
  private let table: TextTable
  private let fields: [Field]
  private let isColored: Bool
  private let hasSecondRow: Bool

  private enum Field {
    case severity, start, lasted, call, callAndError, rate, usual, change, who, picture, id
  }

  private let pictureWidth: Int

  init(_ insights: [Insight], width: Int, isColored: Bool) {
    let showsYear = width >= 140 || Set(insights.map { $0.start.rfc3339.prefix(4) }).count > 1
    rows = Self.grouped(insights).map { insight in
      (InsightCells(insight: insight, showsYear: showsYear), Self.heading(of: insight))
    }
    let fields = Self.fields(forWidth: width)
    let pictureWidth = width < 110 ? 24 : width < 140 ? 12 : width < 180 ? 24 : 32
    self.fields = fields
    self.pictureWidth = pictureWidth
    self.isColored = isColored
    hasSecondRow = !fields.contains(.who)
    table = TextTable(
      columns: fields.map(Self.column),
      rows: rows.map { row in
        fields.map { Self.cell($0, of: row.cells, pictureWidth: pictureWidth) }
      },
      width: width, isColored: isColored)
  }

  var lines: [String] {
    var lines = [table.header]
    var heading = ""
    for row in rows {
      if row.heading != heading {
        heading = row.heading
        lines += ["", TextStyle.bold.painted(heading, isColored: isColored)]
      }
      lines.append(
        table.line(fields.map { Self.cell($0, of: row.cells, pictureWidth: pictureWidth) }))
      if hasSecondRow { lines.append(secondRow(of: row.cells)) }
    }
    return lines
  }

  /// Insights by account and Region, the one with the earliest insight first; by time inside.
  private static func grouped(_ insights: [Insight]) -> [Insight] {
    var places: [String: Int] = [:]
    for insight in insights where places[heading(of: insight)] == nil {
      places[heading(of: insight)] = places.count
    }
    // The place in the input breaks ties, so that the order inside a group stays.
    return insights.enumerated()
      .map { (place: places[heading(of: $1)] ?? 0, index: $0, insight: $1) }
      .sorted { ($0.place, $0.index) < ($1.place, $1.index) }
      .map(\.insight)
  }

  private static func heading(of insight: Insight) -> String {
    escapingControls(insight.series.recipientAccountID + "  " + insight.series.awsRegion)
  }

  private static func fields(forWidth width: Int) -> [Field] {
    switch width {
    case ..<50: [.severity, .start, .call]
    case ..<64: [.severity, .start, .call, .change]
    case ..<110: [.severity, .start, .lasted, .call, .rate, .change]
    case ..<140: [.severity, .start, .lasted, .callAndError, .rate, .change, .who, .picture, .id]
    default:
      [.severity, .start, .lasted, .callAndError, .rate, .usual, .change, .who, .picture, .id]
    }
  }

  private static func column(_ field: Field) -> TextTable.Column {
    switch field {
    case .severity: TextTable.Column(header: "SEV", isRightAligned: true)
    case .start: TextTable.Column(header: "START (UTC)")
    case .lasted: TextTable.Column(header: "LASTED", isRightAligned: true)
    case .call, .callAndError: TextTable.Column(header: "CALL", narrowestWidth: 8)
    case .rate: TextTable.Column(header: "RATE", isRightAligned: true)
    case .usual: TextTable.Column(header: "USUAL", isRightAligned: true)
    case .change: TextTable.Column(header: "CHANGE", isRightAligned: true)
    case .who: TextTable.Column(header: "WHO", narrowestWidth: 8)
    case .picture: TextTable.Column(header: "AROUND IT")
    case .id: TextTable.Column(header: "ID")
    }
  }

  private static func cell(
    _ field: Field, of cells: InsightCells, pictureWidth: Int
  ) -> TextTable.Cell {
    switch field {
    case .severity: cells.severity
    case .start: cells.start
    case .lasted: cells.lasted
    case .call: cells.call
    case .callAndError: cells.call + cells.error
    case .rate: cells.rate
    case .usual: cells.usual
    case .change: cells.change
    case .who: cells.who
    case .picture: cells.picture(width: pictureWidth)
    case .id: cells.id
    }
  }

  /// The picture under the times, who and the error under the call, the identifier at the end.
  private func secondRow(of cells: InsightCells) -> String {
    let callIndex = fields.firstIndex(of: .call) ?? 0
    let indent = table.width(ofFirst: 1) + TextTable.gap
    let left = table.width(ofFirst: callIndex) - indent
    let picture = cells.picture(width: min(left, pictureWidth))
    let id = "  " + cells.shortID
    let right = table.width(ofFirst: table.widths.count) - indent - left - TextTable.gap - id.count
    let who = TextTable.cut(cells.who + cells.error, toWidth: max(0, right))
    let rest = String(repeating: " ", count: max(0, right - TextTable.width(of: who)))
    let space = left - TextTable.width(of: picture) + TextTable.gap
    return String(repeating: " ", count: indent)
      + TextTable.paint(picture, isColored: isColored)
      + String(repeating: " ", count: space)
      + TextTable.paint(who, isColored: isColored) + rest
      + TextStyle.dim.painted(id, isColored: isColored)
  }
}
