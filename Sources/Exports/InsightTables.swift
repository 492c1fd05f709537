// SPDX-License-Identifier: Apache-2.0
import CSV
public import Insights
import Reports
import Vocabulary

/// The tables of an export that follow from the findings alone.
public enum InsightTables {
  static let attributionColumns = ["insight_id", "attribute", "side", "rank", "value", "average"]
  static let evidenceColumns = ["insight_id", "event_id", "file"]

  /// Returns `insights.csv`, `attributions.csv` and `evidence.csv`.
  public static func encode(_ findings: Findings) -> [(table: ExportTable, bytes: [UInt8])] {
    [
      (.insights, CSVReport.encode(findings)), (.attributions, attributions(of: findings)),
      (.evidence, evidence(of: findings)),
    ]
  }

  private static func attributions(of findings: Findings) -> [UInt8] {
    var csv = CSVWriter()
    for column in attributionColumns { csv.cell(column) }
    csv.endRow()
    for insight in findings.insights {
      for attribution in insight.attributions {
        let sides = [("insight", attribution.insight), ("baseline", attribution.baseline)]
        for (side, values) in sides {
          for (rank, value) in values.enumerated() {
            csv.cell(insight.id)
            csv.cell(attribution.attribute.rawValue)
            csv.cell(side)
            csv.cell(String(rank + 1))
            csv.textCell(value.value)
            csv.cell(BaselineRows.number(value.average))
            csv.endRow()
          }
        }
      }
    }
    return csv.bytes
  }

  private static func evidence(of findings: Findings) -> [UInt8] {
    var csv = CSVWriter()
    for column in evidenceColumns { csv.cell(column) }
    csv.endRow()
    for insight in findings.insights {
      for event in insight.evidence {
        csv.cell(insight.id)
        csv.textCell(event.eventID)
        csv.textCell(event.file)
        csv.endRow()
      }
    }
    return csv.bytes
  }
}
